using System.Text.RegularExpressions;
using Trainer.Benchmarks.Queues;
using Trainer.Clusters;
using Trainer.Tests.Commands;
using Trainer.Tests.Documents;

namespace Trainer.Tests.Clusters;

/// <summary>The figures of docs/clusters.md are those of the simulation, and what that counts is there; its commands work.</summary>
public partial class ClustersPageTests
{
    // trainer.dll, its two lists, and the five assemblies that it needs.
    private const int FilesOfTheProgram = 8;

    private static readonly string Page = RepositoryRoot.In("docs", "clusters.md");

    [Fact]
    public void GrowthTable_IsWhatTheSimulationSays() => GeneratedText.CheckPart(Page, "growth", QueueTables.Growth());

    [Fact]
    public void StopsTable_IsWhatTheSimulationSays() => GeneratedText.CheckPart(Page, "stops", QueueTables.Stops());

    [Fact]
    public void HeldTable_IsWhatTheSimulationSays() => GeneratedText.CheckPart(Page, "held", QueueTables.Held());

    [Fact]
    public void LoadTable_IsWhatTheSimulationSays() => GeneratedText.CheckPart(Page, "load", QueueTables.Load(FilesOfTheProgram));

    [Fact]
    public async Task ARunLeaves_AsManyFilesAsTheTableCounts()
    {
        using var trial = new ProgramTrial();
        await trial.TrainAsync(trial.SmallConfig());
        // A task leaves its lease besides.
        Assert.Equal(SweepFiles.FilesOfARun, Directory.GetFiles(trial.RunFolder(), "*", SearchOption.AllDirectories).Append("lease.json").Count());
        string[] folders = [trial.RunFolder(), .. Directory.GetDirectories(trial.RunFolder(), "*", SearchOption.AllDirectories)];
        Assert.Equal(SweepFiles.FoldersOfARun, folders.Length);
    }

    [FactOnUnix]
    public async Task ASubmittedSweepLeaves_AsManyFilesAsTheTableCounts()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync();
        await trial.DoAsync("status");
        await trial.DoneAsync(1, 2, 3, 4, 5, 6);
        await trial.DoAsync("collect");
        string sweep = trial.Folder.Sweep.Path;
        string results = Path.GetFullPath(Path.Combine(sweep, "..", ".."));
        string[] files = Directory.GetFiles(results, "*", SearchOption.AllDirectories);
        var counted = SweepFiles.Of(cells: 6, tasks: 6, arrays: 1, FilesOfTheProgram);
        string own = sweep + Path.DirectorySeparatorChar;
        Assert.Equal(counted.Runs, files.Count(file => !file.StartsWith(own, StringComparison.Ordinal)));
        // Logs are SLURM's, which is not there.
        Assert.Equal(counted.Sweep - 6, files.Count(file => file.StartsWith(own, StringComparison.Ordinal)));
        // And the folder of all sweeps.
        Assert.Equal(counted.Folders + 1, Directory.GetDirectories(results, "*", SearchOption.AllDirectories).Length);
    }

    [FactOnUnix]
    public async Task Commands_OfThePage_WorkOneAfterTheOther_AndAnswerWhatItSays()
    {
        using var slurm = new FakeSlurm();
        using var trial = new ProgramTrial(train: 100, test: 50)
        {
            Clusters = new ClusterAccess(slurm.Runner, _ => null, TimeProvider.System) { Slurm = slurm.Client },
        };
        string text = (await File.ReadAllTextAsync(Page)).ReplaceLineEndings("\n");
        (string Command, string Answer)[] scenes = [.. Scene().Matches(text).Select(scene => (scene.Groups[1].Value, scene.Groups[2].Value))];
        Assert.Equal(["configs/sweeps/course.yaml", "status", "collect"], scenes.Select(scene => scene.Command.Split(' ')[1]));
        foreach ((string command, string answer) in scenes)
        {
            string[] words = [.. command.Split(' ').Select(word => word.StartsWith("configs/", StringComparison.Ordinal) ? RepositoryRoot.In(word) : word)];
            ProgramOutcome outcome = await trial.RunAsync([.. words, "--out", trial.Results]);
            // Nothing runs here, so that no cell is done.
            Assert.True(outcome.Status == (words[1] == "collect" ? 85 : 0), outcome.Error);
            Assert.Equal(Shape(answer.Split('\n')[0]), Shape(outcome.Output.Split(Environment.NewLine)[0]));
        }
        Assert.Single(slurm.Calls, call => call.StartsWith("sbatch|", StringComparison.Ordinal));
        Assert.Single(slurm.Calls, call => call.StartsWith("squeue|", StringComparison.Ordinal));
        string[] others = [.. OfATable().Matches(text).Select(match => match.Groups[1].Value)];
        Assert.Equal(["resume", "resume", "cancel"], others.Select(command => command.Split(' ')[1]));
        foreach (string command in others)
        {
            ProgramOutcome outcome = await trial.RunAsync([.. command.Split(' ').Select(word => word == "SWEEP" ? "course" : word), "--out", trial.Results]);
            Assert.True(outcome.Status == 0, outcome.Error);
        }
        Assert.Single(slurm.Calls, call => call.StartsWith("scancel|", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Script_OfThePage_IsTheProgramsOwn()
    {
        using var trial = new ProgramTrial(train: 100, test: 50);
        string text = (await File.ReadAllTextAsync(Page)).ReplaceLineEndings("\n");
        string[] words = DryRun().Match(text).Groups[1].Value.Split(' ');
        ProgramOutcome outcome = await trial.RunAsync([words[0], RepositoryRoot.In(words[1]), .. words[2..], "--out", trial.Results]);
        Assert.True(outcome.Status == 0, outcome.Error);
        string script = outcome.Output
            .Replace(Path.GetFullPath(trial.Results), "/home/anna/course/results")
            .Replace($"--chdir={Environment.CurrentDirectory}", "--chdir=/home/anna/course");
        string[] Plain(string lines) => [.. Token().Replace(lines.ReplaceLineEndings("\n"), "-token-").Split('\n', StringSplitOptions.RemoveEmptyEntries)];
        (string[] page, string[] program) = (Plain(Script().Match(text).Groups[1].Value), Plain(script));
        // The last line has the program's place before the task's words.
        Assert.Equal(page[..^1], program[..^1]);
        Assert.Equal(page[^1][page[^1].IndexOf(" sweep-task", StringComparison.Ordinal)..], program[^1][program[^1].IndexOf(" sweep-task", StringComparison.Ordinal)..]);
    }

    /// <summary>A line without its numbers, and without how many cells are in which state.</summary>
    private static string Shape(string line) => Numbers().Replace(States().Replace(line, "$1"), "0");

    [GeneratedRegex("^\\$ trainer (.*)\n((?:(?!```).*\n)+)", RegexOptions.Multiline)]
    private static partial Regex Scene();

    [GeneratedRegex("^\\| `trainer ([^`]* SWEEP[^`]*)`", RegexOptions.Multiline)]
    private static partial Regex OfATable();

    [GeneratedRegex("^trainer (.* --launcher slurm .*--dry-run)$", RegexOptions.Multiline)]
    private static partial Regex DryRun();

    [GeneratedRegex("```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Script();

    [GeneratedRegex("-[0-9a-f]{8}-")]
    private static partial Regex Token();

    [GeneratedRegex("^([a-z]+: [0-9]+ cells:) .*")]
    private static partial Regex States();

    [GeneratedRegex("[0-9]+|-{3,}")]
    private static partial Regex Numbers();
}
