using Trainer.Clusters;
using Trainer.Results;
using Trainer.Storage;
using Trainer.Tests.Commands;
using Trainer.Tests.Processes;

namespace Trainer.Tests.Clusters;

/// <summary><c>trainer sweep-task</c>: what a task does with its cells, and with the scheduler's signals.</summary>
[Trait("List", "cluster")]
public class TaskTests
{
    // Nobody waits for the end of so many.
    private const string Endless = "set: {epochs: 100000}\nseeds: 1-2\n";

    [FactOnUnix]
    public async Task AllTasks_InAnyOrder_RecordWhatTheLocalSweepDoes()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync();
        await trial.DoneAsync(4, 2, 6, 1, 3, 5);
        string local = trial.Sweep.Program.In("local");
        Assert.Equal(0, (await trial.Sweep.Program.RunAsync("sweep", trial.Sweep.Write(ClusterTrial.Six), "--out", local)).Status);
        foreach (string file in new[] { "metrics.csv", "summary.json", "digests.csv", "config.yaml" })
        {
            Assert.Equal(trial.Sweep.Files(file, local), trial.Sweep.Files(file));
        }
        Assert.Equal(6, trial.Sweep.Files("metrics.csv").Count);
    }

    [FactOnUnix]
    public async Task ADoneCell_IsLeftAsItIs()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync();
        await trial.DoneAsync(2);
        DateTime written = File.GetLastWriteTimeUtc(trial.RunOf(2).Manifest);
        ProgramOutcome again = await trial.TaskAsync(2, restart: 1);
        Assert.Equal(0, again.Status);
        Assert.Contains("already done, nothing to do", again.Output, StringComparison.Ordinal);
        Assert.Equal(written, File.GetLastWriteTimeUtc(trial.RunOf(2).Manifest));
    }

    [FactOnUnix]
    public async Task ATaskOfSeveralCells_DoesTheOthers_WhereOneDiverges()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync("grid: {optimizer.lr: [0.1, 1e30, 0.2]}\n", "--cells-per-task", "3");
        ProgramOutcome outcome = await trial.TaskAsync(1);
        Assert.Equal(5, outcome.Status);
        Assert.Contains("cell 2 (trial seed 1, optimizer.lr 1e30)", outcome.Output, StringComparison.Ordinal);
        Assert.Equal(
            [RunState.Completed, RunState.Diverged, RunState.Completed],
            Enumerable.Range(1, 3).Select(cell => RunStatus.TryRead(trial.RunOf(cell))!.State));
    }

    [FactOnUnix]
    public async Task WhatWasEditedAfterTheSubmission_ChangesNoTask()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync("seeds: 1-2\n");
        trial.Sweep.Program.Config("name: trial\nthis is: no configuration\n", "base.yaml");
        File.Delete(trial.Sweep.Program.In("s.yaml"));
        Assert.Equal(0, (await trial.TaskAsync(1)).Status);
        Assert.True(File.Exists(trial.RunOf(1).Summary));
    }

    [FactOnUnix]
    public async Task OtherImages_AreRefused_AndTheMarkSaysSo()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync();
        string plan = await File.ReadAllTextAsync(trial.Folder.Plan);
        string hash = new PlanFiles(trial.Folder).Plan().Data[0].Hash;
        await File.WriteAllTextAsync(trial.Folder.Plan, plan.Replace(hash, new string('0', hash.Length), StringComparison.Ordinal));
        ProgramOutcome outcome = await trial.TaskAsync(3);
        Assert.Equal(3, outcome.Status);
        Assert.Contains("holds other images", outcome.OneErrorLine(), StringComparison.Ordinal);
        TaskMark mark = ClusterFolder.Read<TaskMark>(trial.Folder.Mark(3));
        Assert.False(mark.IsStopped);
        Assert.Equal("4711_3", mark.Task);
        Assert.False(Directory.Exists(trial.RunOf(3).Path));

        await File.WriteAllTextAsync(trial.Folder.Plan, plan);
        await trial.DoneAsync(3);
        Assert.False(File.Exists(trial.Folder.Mark(3)));
    }

    [TheoryOnUnix]
    [InlineData(7, 0, "has 6 tasks, and no task 7")]
    [InlineData(1, 6, "has 6 tasks, and no task 7")]
    public async Task ATaskThatIsNotThere_IsRefused(int index, int offset, string problem)
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync();
        ProgramOutcome outcome = await trial.TaskAsync(index, offset: offset);
        Assert.Equal(2, outcome.Status);
        Assert.Contains(problem, outcome.OneErrorLine(), StringComparison.Ordinal);
    }

    [FactOnUnix]
    public async Task WhoSaysNotWhichTask_IsTold()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync();
        ProgramOutcome outcome = await trial.Sweep.Program.RunAsync("sweep-task", trial.Sweep.Folder.Path, "--submission", "1");
        Assert.Equal(2, outcome.Status);
        Assert.Contains("which task? neither --index nor SLURM_ARRAY_TASK_ID nor JOB_COMPLETION_INDEX is set", outcome.OneErrorLine(), StringComparison.Ordinal);
    }

    [SignalFact]
    public async Task Usr1_KeepsACheckpoint_AndRequeuesTheTaskByItsIndex()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync(Endless);
        using TrainingChild child = trial.Start(2);
        await child.UntilRecordedAsync(runs: 1, epochs: 3);
        await child.SignalAsync("USR1");
        Assert.Equal(85, await child.EndAsync());
        Assert.Equal("scontrol|requeue|4711_2", trial.Calls("scontrol")[^1]);
        Assert.Single(trial.Calls("scontrol"), call => call.Contains("requeue", StringComparison.Ordinal));
        Assert.NotEmpty(CheckpointPlace.All(trial.RunOf(2).Checkpoints));
        Assert.False(File.Exists(trial.Folder.Mark(2)));

        using TrainingChild next = trial.Start(2, restart: 1);
        await next.UntilAsync(() => Continued(trial.RunOf(2)).Length == 1);
        await next.SignalAsync("TERM");
        Assert.Equal(85, await next.EndAsync());
        AssertInOrder(trial.RunOf(2));
    }

    [SignalTheory]
    [InlineData("TERM", "USR1")]
    [InlineData("USR1", "TERM")]
    public async Task ATaskThatIsBeingEnded_IsNotBroughtBack(params string[] signals)
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync(Endless);
        using TrainingChild child = trial.Start(1);
        await child.UntilRecordedAsync(runs: 1, epochs: 3);
        await child.SignalAsync(signals);
        Assert.Equal(85, await child.EndAsync());
        Assert.DoesNotContain(trial.Calls("scontrol"), call => call.Contains("requeue", StringComparison.Ordinal));
    }

    [FactOnUnix]
    public async Task AStartOfATask_DoesNotRepeatWhatAnEarlierOneFailedIn()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync("grid: {optimizer.lr: [0.1, 1e30, 0.2]}\n", "--cells-per-task", "3");
        Assert.Equal(5, (await trial.TaskAsync(1)).Status);
        DateTime written = File.GetLastWriteTimeUtc(trial.RunOf(2).Status);
        ProgramOutcome again = await trial.TaskAsync(1, restart: 1);
        Assert.Equal(1, again.Status);
        Assert.Contains("cell 2: ended before: ", again.Output, StringComparison.Ordinal);
        Assert.Equal(written, File.GetLastWriteTimeUtc(trial.RunOf(2).Status));
    }

    [SignalFact]
    public async Task Term_KeepsACheckpoint_AndNeverRequeues()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync(Endless);
        using TrainingChild child = trial.Start(1);
        await child.UntilRecordedAsync(runs: 1, epochs: 3);
        await child.SignalAsync("TERM");
        Assert.Equal(85, await child.EndAsync());
        Assert.DoesNotContain(trial.Calls("scontrol"), call => call.Contains("requeue", StringComparison.Ordinal));
        Assert.NotEmpty(CheckpointPlace.All(trial.RunOf(1).Checkpoints));
    }

    [SignalFact]
    public async Task WithoutScontrolOnTheNode_AMarkIsLeft()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync(Endless);
        trial.Slurm.Tell("refuse.scontrol", "scontrol: error: Access/permission denied");
        await StopAsync(trial, restart: 0);
        TaskMark mark = ClusterFolder.Read<TaskMark>(trial.Folder.Mark(1));
        Assert.True(mark.IsStopped);
        Assert.Contains("not requeued: scontrol: Access/permission denied", mark.Message, StringComparison.Ordinal);
    }

    [SignalFact]
    public async Task ATask_ThatWasRequeuedOftenEnough_IsLeft()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync(Endless, "--requeues", "3");
        await StopAsync(trial, restart: 3);
        Assert.DoesNotContain(trial.Calls("scontrol"), call => call.Contains("requeue", StringComparison.Ordinal));
        Assert.Contains("requeued 3 times, and --requeues is 3", ClusterFolder.Read<TaskMark>(trial.Folder.Mark(1)).Message, StringComparison.Ordinal);
    }

    [SignalFact]
    public async Task ACancelledTask_IsNotRequeued_AndNoneBegins()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync(Endless);
        using TrainingChild child = trial.Start(1);
        await child.UntilRecordedAsync(runs: 1, epochs: 3);
        Assert.Equal(0, (await trial.DoAsync("cancel")).Status);
        await child.SignalAsync("USR1");
        Assert.Equal(85, await child.EndAsync());
        Assert.DoesNotContain(trial.Calls("scontrol"), call => call.Contains("requeue", StringComparison.Ordinal));

        ProgramOutcome other = await trial.TaskAsync(2);
        Assert.Equal(0, other.Status);
        Assert.Contains("cell 2: cancelled; nothing is begun", other.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(trial.RunOf(2).Path));
    }

    [SignalFact]
    public async Task ADoubleRun_EndsWithTheNewestStart_AndTheOlderOneStops()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync(Endless);
        RunFolder run = trial.RunOf(1);
        using TrainingChild first = trial.Start(1);
        await first.UntilRecordedAsync(runs: 1, epochs: 3);
        using TrainingChild second = trial.Start(1, restart: 1);
        await second.UntilAsync(() => Continued(run).Length == 1);
        Assert.Equal(1, await first.EndAsync());
        Assert.Contains("taken over by task 4711_1 (restart 1)", first.Errors, StringComparison.Ordinal);
        Assert.Contains("stops and writes nothing more", first.Errors, StringComparison.Ordinal);
        int lines = File.ReadLines(run.Metrics).Count();
        await second.UntilAsync(() => File.ReadLines(run.Metrics).Count() > lines);
        using TrainingChild late = trial.Start(1);
        Assert.Equal(1, await late.EndAsync());
        await second.SignalAsync("TERM");
        Assert.Equal(85, await second.EndAsync());
        AssertInOrder(run);
        Assert.False(File.Exists(trial.Folder.Mark(1)));
    }

    private static async Task StopAsync(ClusterTrial trial, int restart)
    {
        using TrainingChild child = trial.Start(1, restart);
        await child.UntilRecordedAsync(runs: 1, epochs: 3);
        await child.SignalAsync("USR1");
        Assert.Equal(85, await child.EndAsync());
    }

    private static Continuation[] Continued(RunFolder run) => [.. Manifest.TryRead(run)?.Continued ?? []];

    /// <summary>Every epoch has its line, and each only one.</summary>
    private static void AssertInOrder(RunFolder run)
    {
        int[] epochs = [.. CsvFile.Read<MetricsRow>(run.Metrics).Select(row => row.Epoch)];
        Assert.Equal(Enumerable.Range(0, epochs.Length), epochs);
        Assert.Empty(AtomicFile.Begun(run.Path));
    }
}
