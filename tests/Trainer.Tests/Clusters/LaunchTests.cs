using Trainer.Clusters;
using Trainer.Results;
using Trainer.Tests.Commands;
using Trainer.Yaml;

namespace Trainer.Tests.Clusters;

/// <summary><c>trainer sweep --launcher slurm</c>: what is written, what is asked, and that no death on the way loses a cell or submits one
/// twice.</summary>
public class LaunchTests
{
    [FactOnUnix]
    public async Task Launch_WritesCellsAndScript_SubmitsOneArray_AndReturns()
    {
        using var trial = new ClusterTrial();
        ProgramOutcome outcome = await trial.LaunchAsync(ClusterTrial.Six, "--partition", "short", "--time", "30", "--parallel", "4", "--sbatch-arg=--qos=long");
        Assert.Equal(0, outcome.Status);
        Assert.Contains("s: 6 cells, 0 done, 6 submitted as job 4711 (6 tasks)", outcome.Output, StringComparison.Ordinal);
        Submission submission = Assert.Single(trial.Folder.AllSubmissions());
        Assert.Equal("1-6", submission.Cells);
        SubmissionPart part = Assert.Single(submission.Parts);
        Assert.Equal((1, 0, 6, "4711"), (part.Number, part.Offset, part.Count, part.Job));
        Assert.Equal($"sbatch|--parsable|{Path.GetFullPath(trial.Folder.Script(1, 1))}", Assert.Single(trial.Calls("sbatch")));
        string[] script = await File.ReadAllLinesAsync(trial.Folder.Script(1, 1));
        Assert.Equal(
            [
                "#!/bin/sh", $"#SBATCH --job-name={part.Name}", "#SBATCH --array=1-6%4", $"#SBATCH --chdir={Environment.CurrentDirectory}",
                $"#SBATCH --output={Path.GetFullPath(trial.Folder.Logs(1, 1))}/%A_%a.log", "#SBATCH --open-mode=append", "#SBATCH --requeue",
                "#SBATCH --signal=B:USR1@90", "#SBATCH --partition=short", "#SBATCH --time=30", "#SBATCH --qos=long",
            ],
            script[..^1]);
        Assert.Matches($"^exec '.*dotnet' '{Path.GetFullPath(trial.Folder.Path)}/program-[0-9a-f]{{8}}/trainer.dll' sweep-task '{Path.GetFullPath(trial.Sweep.Folder.Path)}' --submission 1 --offset 0$", script[^1]);
        Assert.True(Directory.Exists(trial.Folder.Logs(1, 1)));
        Assert.False(File.Exists(trial.Sweep.Folder.Index));
    }

    [FactOnUnix]
    public async Task PlannedCells_AreThoseOfTheLocalSweep_Resolved()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync();
        var files = new PlanFiles(trial.Folder);
        IReadOnlyList<PlannedCell> cells = files.Cells(files.Plan());
        Assert.Equal(trial.Sweep.Cells(ClusterTrial.Six).Select(cell => $"{cell.Number} {cell.Described}"), cells.Select(cell => $"{cell.Cell} {cell.Described()}"));
        Assert.All(cells, cell => Assert.Equal(RunFolder.Of("", cell.Read()).Path, cell.Folder));
        Assert.All(cells, cell => Assert.Equal(cell.Hash, ConfigHash.Of(cell.Read())));
    }

    [FactOnUnix]
    public async Task TheSameSweepTwice_IsSubmittedOnce()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync();
        string before = await File.ReadAllTextAsync(Path.Combine(trial.Folder.Path, "submissions", "1.json"));
        ProgramOutcome again = await trial.LaunchAsync();
        Assert.Equal(0, again.Status);
        Assert.Contains("nothing to submit", again.Output, StringComparison.Ordinal);
        Assert.Single(trial.Calls("sbatch"));
        Assert.Equal(before, await File.ReadAllTextAsync(Path.Combine(trial.Folder.Path, "submissions", "1.json")));
    }

    [FactOnUnix]
    public async Task ACallThatDied_BetweenSbatchAndNotingTheId_IsMadeGoodByTheNext()
    {
        using var trial = new ClusterTrial();
        trial.Slurm.Tell("sbatch.lost", "sbatch: error: Socket timed out on send/recv operation");
        ProgramOutcome first = await trial.LaunchAsync();
        Assert.Equal(1, first.Status);
        Assert.Contains("Socket timed out", first.OneErrorLine(), StringComparison.Ordinal);
        Assert.Null(Assert.Single(trial.Folder.AllSubmissions()).Parts[0].Job);
        File.Delete(trial.Slurm.State("sbatch.lost"));

        ProgramOutcome second = await trial.LaunchAsync();
        Assert.Equal(0, second.Status);
        Assert.Contains("found job 4711", second.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(trial.Sweep.Folder.Copy));
        Assert.Equal("4711", Assert.Single(trial.Folder.AllSubmissions()).Parts[0].Job);
        Assert.Single(trial.Calls("sbatch"));
    }

    [FactOnUnix]
    public async Task AJob_ThatCameAndWentBeforeItsIdWasNoted_IsKnownByItsLog()
    {
        using var trial = new ClusterTrial();
        trial.Slurm.Tell("sbatch.lost", "sbatch: error: Socket timed out on send/recv operation");
        await trial.LaunchAsync();
        File.Delete(trial.Slurm.State("sbatch.lost"));
        trial.Slurm.Tell("squeue.answer");
        await File.WriteAllTextAsync(Path.Combine(trial.Folder.Logs(1, 1), "4711_2.log"), "");

        Assert.Equal(0, (await trial.LaunchAsync()).Status);
        Assert.Equal("4711", Assert.Single(trial.Folder.AllSubmissions()).Parts[0].Job);
        Assert.Single(trial.Calls("sbatch"));
    }

    [FactOnUnix]
    public async Task ACallThatDied_BeforeSbatch_IsMadeGoodByTheNext()
    {
        using var trial = new ClusterTrial();
        trial.Slurm.Tell("refuse.sbatch", "sbatch: error: Socket timed out on send/recv operation");
        Assert.Equal(1, (await trial.LaunchAsync()).Status);
        File.Delete(trial.Slurm.State("refuse.sbatch"));

        ProgramOutcome soon = await trial.LaunchAsync();
        Assert.Equal(1, soon.Status);
        Assert.Contains("does not know it yet; it may still come: try again in 5 min", soon.OneErrorLine(), StringComparison.Ordinal);
        Assert.Single(trial.Calls("sbatch"));

        trial.Clock.Now += TimeSpan.FromMinutes(5);
        Submission submission = await trial.LaunchedAsync();
        Assert.Equal(2, submission.Number);
        Assert.Equal("1-6", submission.Cells);
        Assert.Equal("4711", submission.Parts[0].Job);
    }

    [FactOnUnix]
    public async Task AJobThatComesAfterAll_DoesNothing_OnceAnotherWasSubmittedInItsPlace()
    {
        using var trial = new ClusterTrial();
        trial.Slurm.Tell("refuse.sbatch", "sbatch: error: Socket timed out on send/recv operation");
        await trial.LaunchAsync();
        File.Delete(trial.Slurm.State("refuse.sbatch"));
        trial.Clock.Now += TimeSpan.FromMinutes(6);
        Assert.Equal(2, (await trial.LaunchedAsync()).Number);
        ProgramOutcome late = await trial.TaskAsync(1, submission: 1, job: "4799");
        Assert.Equal(0, late.Status);
        Assert.Contains("cancelled; nothing is begun", late.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(trial.RunOf(1).Path));
    }

    [FactOnUnix]
    public async Task MoreTasksThanAnArrayTakes_AreSplit_AndShareTheParallelism()
    {
        using var trial = new ClusterTrial();
        trial.Slurm.Tell("MaxArraySize", "5");
        Submission submission = await trial.LaunchedAsync("grid: {optimizer.lr: [0.1, 0.2]}\nseeds: 1-5\n", "--parallel", "5");
        Assert.Equal([(0, 4), (4, 4), (8, 2)], submission.Parts.Select(part => (part.Offset, part.Count)));
        Assert.Equal(["1-4%2", "1-4%2", "1-2%1"], submission.Parts.Select(part => Option(trial, part, "--array=")));
        Assert.Equal(3, submission.Parts.Select(part => part.Name).Distinct().Count());
        Assert.All(trial.Calls("sbatch"), call => Assert.DoesNotContain("--dependency", call, StringComparison.Ordinal));
        Assert.Equal(Enumerable.Range(1, 10), submission.Parts.SelectMany(submission.CellsOf).Select(task => task.Cell));
        Assert.Equal([1, 2, 3, 4, 1, 2, 3, 4, 1, 2], submission.Parts.SelectMany(submission.CellsOf).Select(task => task.Index));
        Assert.EndsWith("--offset 8", (await File.ReadAllLinesAsync(trial.Folder.Script(1, 3)))[^1], StringComparison.Ordinal);
        Assert.Equal([9], submission.CellsOf(8 + 1));
    }

    [FactOnUnix]
    public async Task MoreArraysThanTasksAtATime_WaitForOneAnother()
    {
        using var trial = new ClusterTrial();
        trial.Slurm.Tell("MaxArraySize", "3");
        Submission submission = await trial.LaunchedAsync("grid: {optimizer.lr: [0.1, 0.2]}\nseeds: 1-5\n", "--parallel", "2");
        Assert.Equal(5, submission.Parts.Count);
        Assert.All(submission.Parts, part => Assert.EndsWith("%1", Option(trial, part, "--array="), StringComparison.Ordinal));
        Assert.Equal(
            [null, null, "4711", "4712", "4713"],
            trial.Calls("sbatch").Select(call => call.Split('|').FirstOrDefault(word => word.StartsWith("--dependency=afterany:", StringComparison.Ordinal))?.Split(':')[1]));
    }

    [FactOnUnix]
    public async Task WhatWasRefusedInTheMiddle_IsAllThatTheNextCallSubmits()
    {
        using var trial = new ClusterTrial();
        trial.Slurm.Tell("MaxArraySize", "3");
        trial.Slurm.Tell("sbatch.room", "2");
        ProgramOutcome refused = await trial.LaunchAsync();
        Assert.Equal(1, refused.Status);
        Assert.Contains("jobs 4711, 4712 (4 tasks) are submitted; the same command submits the rest", refused.OneErrorLine(), StringComparison.Ordinal);
        Assert.Equal(2, Assert.Single(trial.Folder.AllSubmissions()).Parts.Count);
        File.Delete(trial.Slurm.State("sbatch.room"));

        Submission second = await trial.LaunchedAsync();
        Assert.Equal(2, second.Number);
        Assert.Equal("5-6", second.Cells);
        Assert.Equal(
            Enumerable.Range(1, 6),
            trial.Folder.AllSubmissions().SelectMany(one => one.Parts.SelectMany(one.CellsOf)).Select(task => task.Cell));
    }

    [FactOnUnix]
    public async Task DoneCells_AreNotSubmitted()
    {
        using var trial = new ClusterTrial();
        Assert.Equal(0, (await trial.Sweep.RunAsync("seeds: 2-3\n", "--set", "optimizer.lr=0.2")).Status);
        Submission submission = await trial.LaunchedAsync();
        Assert.Equal("1-4", submission.Cells);
    }

    [FactOnUnix]
    public async Task TasksOfSeveralCells_TakeThemInOrder()
    {
        using var trial = new ClusterTrial();
        Submission submission = await trial.LaunchedAsync("seeds: 1-5\n", "--cells-per-task", "2");
        Assert.Equal(3, Assert.Single(submission.Parts).Count);
        Assert.Equal([[1, 2], [3, 4], [5]], Enumerable.Range(1, 3).Select(submission.CellsOf));
        Assert.Equal([(1, 1), (2, 1), (3, 2), (4, 2), (5, 3)], submission.CellsOf(submission.Parts[0]));
    }

    [FactOnUnix]
    public async Task DoneCells_ThatAreToRecordMore_AreSubmitted()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync("seeds: 1-2\n");
        await trial.DoneAsync(1, 2);
        trial.Slurm.Tell("squeue.answer");
        Assert.Equal("1-2", (await trial.LaunchedAsync("seeds: 1-2\nset: {diagnostics: true}\n")).Cells);
        File.Delete(trial.Slurm.State("squeue.answer"));
        trial.Clock.Now += QueueAnswer.Freshness;
        Assert.Contains("2 queued", (await trial.DoAsync("status")).Output, StringComparison.Ordinal);
    }

    [FactOnUnix]
    public async Task AFailureThatOnlyAMarkTells_IsOneForCollect_UntilTheCellIsSubmittedAgain_WithItsImagesWhereTheyAre()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync("seeds: 1-2\n");
        await trial.DoneAsync(1);
        string plan = await File.ReadAllTextAsync(trial.Folder.Plan);
        string hash = new PlanFiles(trial.Folder).Plan().Data[0].Hash;
        await File.WriteAllTextAsync(trial.Folder.Plan, plan.Replace(hash, new string('0', hash.Length), StringComparison.Ordinal));
        Assert.Equal(3, (await trial.TaskAsync(2)).Status);
        await File.WriteAllTextAsync(trial.Folder.Plan, plan);
        ProgramOutcome collected = await trial.DoAsync("collect");
        Assert.Equal(1, collected.Status);
        Assert.Contains("2 cells: 1 done, 1 failed", collected.Output, StringComparison.Ordinal);

        trial.Slurm.Tell("squeue.answer");
        Assert.Equal(2, (await trial.DoAsync("resume", "--retry", "--data", trial.Sweep.Program.In("nowhere"))).Status);
        Assert.Equal(0, (await trial.DoAsync("resume", "--retry", "--data", trial.Sweep.Program.In())).Status);
        Assert.Equal("2", trial.Folder.AllSubmissions()[^1].Cells);
        Assert.Equal(85, (await trial.DoAsync("collect")).Status);
    }

    [FactOnUnix]
    public async Task TheSweepFile_SaysWhatIsAskedOfTheCluster_AndTheCommandLineMore()
    {
        using var trial = new ClusterTrial();
        Submission submission = await trial.LaunchedAsync("seeds: 1-2\ncluster: {partition: long, memory: 2G, requeues: 3}\n", "--partition", "short");
        Assert.Equal(("short", "2G", 3), (submission.Settings.Partition, submission.Settings.Memory, submission.Settings.Requeues));
        Assert.Contains("#SBATCH --mem=2G\n", await File.ReadAllTextAsync(trial.Folder.Script(1, 1)), StringComparison.Ordinal);
    }

    [FactOnUnix]
    public async Task Kubernetes_IsPrinted_WithWhatItsPodsRead_OnceAndTheSameAgain()
    {
        using var trial = new ClusterTrial();
        string[] options = ["--image", "registry.example/dotnet:10.0", "--claim", "course", "--mount", trial.Sweep.Program.In(), "--dry-run"];
        ProgramOutcome outcome = await trial.Sweep.RunAsync(ClusterTrial.Six, ["--launcher", "kubernetes", .. options]);
        Assert.True(outcome.Status == 0, outcome.Error);
        Assert.Contains("completions: 6\n", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("- \"sweep-task\"\n", outcome.Output, StringComparison.Ordinal);
        ProgramOutcome again = await trial.Sweep.RunAsync(ClusterTrial.Six, ["--launcher", "kubernetes", .. options]);
        Assert.Equal(outcome.Output, again.Output);
        Assert.Single(trial.Folder.AllSubmissions());
        Assert.Empty(trial.Slurm.Calls);
        trial.Set("JOB_COMPLETION_INDEX", "4");
        ProgramOutcome pod = await trial.Sweep.Program.RunAsync("sweep-task", trial.Sweep.Folder.Path, "--submission", "1", "--offset", "0");
        Assert.True(pod.Status == 0, pod.Error);
        Assert.True(File.Exists(trial.RunOf(5).Summary));
    }

    private static string Option(ClusterTrial trial, SubmissionPart part, string option) =>
        File.ReadLines(trial.Folder.Script(1, part.Number)).Select(line => line.Split(' ')[^1])
            .First(word => word.StartsWith(option, StringComparison.Ordinal))[option.Length..];
}
