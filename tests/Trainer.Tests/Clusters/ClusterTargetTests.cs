using Trainer.Tests.Commands;

namespace Trainer.Tests.Clusters;

/// <summary>How the verbs about a submitted sweep are told which.</summary>
public class ClusterTargetTests
{
    public static TheoryData<string> Verbs => new("status", "collect", "resume", "cancel");

    [FactOnUnix]
    public async Task SweepFile_Folder_AndName_MeanTheSameSweep()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync("seeds: 1-2\n");
        string file = trial.Sweep.Program.In("s.yaml"), folder = trial.Sweep.Folder.Path, results = trial.Sweep.Program.Results;
        string expected = (await trial.DoAsync("status", "--json")).Output;
        string[][] words =
        [
            [folder], [folder + "/"], [folder, "--out", trial.Sweep.Program.In("elsewhere")], [file, "--out", results], ["s", "--out", results],
            [Path.GetRelativePath(Environment.CurrentDirectory, folder)],
        ];
        foreach (string[] which in words)
        {
            ProgramOutcome outcome = await trial.Sweep.Program.RunAsync(["sweep", "status", .. which, "--json"]);
            Assert.Equal((0, expected, ""), (outcome.Status, outcome.Output, outcome.Error));
        }
        // The kept copy of the sweep is a sweep file like another.
        Assert.Equal(expected, (await trial.Sweep.Program.RunAsync("sweep", "status", trial.Sweep.Folder.Copy, "--out", results, "--json")).Output);
    }

    [TheoryOnUnix]
    [MemberData(nameof(Verbs))]
    public async Task WhatIsNoSweep_IsOneLine(string verb)
    {
        using var trial = new ClusterTrial();
        string results = trial.Sweep.Program.Results;
        string file = trial.Sweep.Write("seeds: 1-2\n");
        Directory.CreateDirectory(trial.Sweep.Program.In("empty"));
        string broken = trial.Sweep.Program.Config("name: s\nbase: base.yaml\nsedes: 1-2\n", "broken.yaml");
        (string Which, string Problem)[] cases =
        [
            (trial.Sweep.Program.In("none.yaml"), "none.yaml: no such sweep file, and no folder of a sweep"),
            ("none", "none: no such sweep file, and no folder of a sweep"),
            (file, $"{trial.Sweep.Folder.Path}: was not submitted to a cluster"),
            (trial.Sweep.Program.In("empty"), "empty: was not submitted to a cluster"),
            (broken, "broken.yaml(3,1): sedes"),
        ];
        foreach ((string which, string problem) in cases)
        {
            ProgramOutcome outcome = await trial.Sweep.Program.RunAsync("sweep", verb, which, "--out", results);
            Assert.Equal((2, ""), (outcome.Status, outcome.Output));
            Assert.Contains(problem, outcome.OneErrorLine(), StringComparison.Ordinal);
        }
        Assert.False(Directory.Exists(results));
        Assert.Equal(2, (await trial.Sweep.Program.RunAsync("sweep", verb)).Status);
        Assert.Empty(trial.Slurm.Calls);
    }

    [TheoryOnUnix]
    [MemberData(nameof(Verbs))]
    public async Task SweepThatWasDoneHere_WasNotSubmitted(string verb)
    {
        using var trial = new ClusterTrial();
        Assert.Equal(0, (await trial.Sweep.RunAsync("seeds: 1\n")).Status);
        string index = await File.ReadAllTextAsync(trial.Sweep.Folder.Index);
        ProgramOutcome outcome = await trial.DoAsync(verb);
        Assert.Equal(2, outcome.Status);
        Assert.Contains("was not submitted to a cluster, or its folder 'cluster' was removed; 'trainer sweep SWEEP --launcher slurm' does so", outcome.OneErrorLine(), StringComparison.Ordinal);
        Assert.Equal(index, await File.ReadAllTextAsync(trial.Sweep.Folder.Index));
        Assert.False(Directory.Exists(trial.Folder.Path));
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task HelpPage_OfEachVerb_SaysWhatItTakes(string verb)
    {
        using var trial = new ProgramTrial();
        ProgramOutcome outcome = await trial.RunAsync("sweep", verb, "--help");
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        Assert.Contains($" sweep {verb} <sweep> [options]", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("sweep file, name of the sweep, or its folder", outcome.Output, StringComparison.Ordinal);
        Assert.Contains($"trainer sweep {verb} results/sweeps/course", outcome.Output, StringComparison.Ordinal);
        Assert.Equal(verb is "status" or "collect", outcome.Output.Contains("--json", StringComparison.Ordinal));
        Assert.Equal(verb == "resume", outcome.Output.Contains("--retry", StringComparison.Ordinal) && outcome.Output.Contains("--partition", StringComparison.Ordinal));
        Assert.Contains($"\n  {verb} ", (await trial.RunAsync("sweep", "--help")).Output, StringComparison.Ordinal);
    }
}
