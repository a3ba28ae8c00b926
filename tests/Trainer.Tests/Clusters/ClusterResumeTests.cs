using Trainer.Clusters;
using Trainer.Results;
using Trainer.Tests.Commands;

namespace Trainer.Tests.Clusters;

/// <summary><c>trainer sweep resume</c>: what is not done and has no task is submitted again, and nothing else.</summary>
public class ClusterResumeTests
{
    [FactOnUnix]
    public async Task Resume_SubmitsWhatIsUnfinished_AndHasNoTask()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync();
        await trial.DoneAsync(1);
        trial.Queue(1, "4711_3|RUNNING|None", "4711_6|PENDING|JobHeldUser");
        trial.Clock.Now += ClusterSweep.Grace;
        ProgramOutcome outcome = await trial.DoAsync("resume");
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        Assert.Equal($"s: 6 cells: 1 done, 1 at work, 1 held, 3 lost\n3 cells submitted as job 4712 (3 tasks)\nstatus:  trainer sweep status {trial.Sweep.Folder.Path}\n", outcome.Output);
        Submission second = trial.Folder.Submission(2);
        Assert.Equal((2, "2,4-5"), (second.Number, second.Cells));
        Assert.True(second.Submitted > trial.Folder.Submission(1).Submitted);
        SubmissionPart part = Assert.Single(second.Parts);
        Assert.Equal((1, 0, 3, "4712"), (part.Number, part.Offset, part.Count, part.Job));
        Assert.Equal(trial.NameOf(1)[..^"-1-1".Length] + "-2-1", part.Name);
        string script = await File.ReadAllTextAsync(trial.Folder.Script(2, 1));
        Assert.Contains($"#SBATCH --job-name={part.Name}\n#SBATCH --array=1-3\n", script, StringComparison.Ordinal);
        Assert.EndsWith("--submission 2 --offset 0\n", script, StringComparison.Ordinal);
        Assert.True(Directory.Exists(trial.Folder.Logs(2, 1)));

        Assert.Equal(0, (await trial.TaskAsync(3, submission: 2, job: "4712")).Status);
        Assert.True(File.Exists(trial.RunOf(5).Summary));
    }

    [FactOnUnix]
    public async Task WhatIsQueuedOrDone_IsNotSubmitted_AndNothingToDoIsNoSubmission()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync();
        await trial.DoneAsync(1, 2);
        ProgramOutcome outcome = await trial.DoAsync("resume");
        Assert.Equal("s: 6 cells: 2 done, 4 queued\nnothing to submit: what is not done has its task\n", outcome.Output);
        Assert.Single(trial.Calls("sbatch"));
        await trial.DoneAsync(3, 4, 5, 6);
        int calls = trial.Slurm.Calls.Length;
        outcome = await trial.DoAsync("resume");
        Assert.StartsWith("s: 6 cells: 6 done\nnothing to submit", outcome.Output, StringComparison.Ordinal);
        Assert.Equal(calls, trial.Slurm.Calls.Length);
        Assert.Single(trial.Folder.AllSubmissions());
    }

    [FactOnUnix]
    public async Task Resume_AsksTheQueueAnew_WhateverStatusHeardAMomentAgo()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync("seeds: 1-2\n");
        Assert.Equal(["queued", "queued"], await trial.StandingsAsync());
        trial.Queue(1, "4711_2|PENDING|Resources");
        Assert.Equal(0, (await trial.DoAsync("resume")).Status);
        Assert.Equal("1", trial.Folder.Submission(2).Cells);
    }

    [FactOnUnix]
    public async Task TwoCallsAtOnce_AreOne()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync("seeds: 1-2\n");
        trial.Queue(1);
        using (new RunLock(trial.Sweep.Folder.Path))
        {
            ProgramOutcome outcome = await trial.DoAsync("resume");
            Assert.Equal(1, outcome.Status);
            Assert.Contains("another process is at work in it", outcome.OneErrorLine(), StringComparison.Ordinal);
        }
        Assert.Single(trial.Calls("sbatch"));
    }

    [FactOnUnix]
    public async Task FailedAndDivergedCells_AreSubmittedWithRetryAlone()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync(StatusTests.Ends);
        for (int cell = 1; cell <= 3; cell++)
        {
            await trial.TaskAsync(cell);
        }
        trial.Queue(1);
        ProgramOutcome outcome = await trial.DoAsync("resume");
        Assert.Equal(0, outcome.Status);
        Assert.Contains("nothing to submit", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("those that failed or diverged are left alone (--retry submits them again)", outcome.Output, StringComparison.Ordinal);
        Assert.Single(trial.Calls("sbatch"));
        outcome = await trial.DoAsync("resume", "--retry");
        Assert.Contains("2 cells submitted as job 4712 (2 tasks)", outcome.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("left alone", outcome.Output, StringComparison.Ordinal);
        Assert.Equal("1-2", trial.Folder.Submission(2).Cells);
    }

    [FactOnUnix]
    public async Task CellsThatATaskCouldNotBegin_AreSubmittedWithRetry()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync("set: {device: cuda}\nseeds: 1-2\n");
        Assert.Equal(4, (await trial.TaskAsync(2)).Status);
        trial.Queue(1);
        trial.Clock.Now += ClusterSweep.Grace;
        await trial.DoAsync("resume");
        Assert.Equal("1", trial.Folder.Submission(2).Cells);
        trial.Queue(2, "4712_1|PENDING|Resources");
        await trial.DoAsync("resume", "--retry");
        Assert.Equal("2", trial.Folder.Submission(3).Cells);
    }

    [FactOnUnix]
    public async Task CellsOfAnArrayThatWasRefused_AreSubmitted()
    {
        using var trial = new ClusterTrial();
        trial.Slurm.Tell("MaxArraySize", "3");
        trial.Slurm.Tell("sbatch.room", "2");
        Assert.Equal(1, (await trial.LaunchAsync()).Status);
        File.Delete(trial.Slurm.State("sbatch.room"));
        Assert.Contains("s: 6 cells: 4 queued, 2 not submitted\n2 cells submitted as job 4713 (2 tasks)", (await trial.DoAsync("resume")).Output, StringComparison.Ordinal);
        Assert.Equal("5-6", trial.Folder.Submission(2).Cells);
    }

    [FactOnUnix]
    public async Task ManyCells_AreSplitAsTheyWereAtFirst()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync();
        await trial.DoneAsync(2);
        trial.Queue(1);
        trial.Slurm.Tell("MaxArraySize", "3");
        Assert.Contains("5 cells submitted as jobs 4712, 4713, 4714 (5 tasks)", (await trial.DoAsync("resume")).Output, StringComparison.Ordinal);
        Submission second = trial.Folder.Submission(2);
        Assert.Equal("1,3-6", second.Cells);
        Assert.Equal([(1, 1), (3, 2), (4, 1), (5, 2), (6, 1)], second.Parts.SelectMany(second.CellsOf));
        Assert.Equal(0, (await trial.TaskAsync(2, submission: 2, offset: 2, job: "4713")).Status);
        Assert.True(File.Exists(trial.RunOf(5).Summary));
    }

    [FactOnUnix]
    public async Task WhatWasAskedOfTheCluster_IsAskedAgain_ButForWhatIsGivenNow()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync("seeds: 1-3\n", "--partition", "short", "--time", "30", "--cells-per-task", "2", "--sbatch-arg=--qos=long");
        trial.Queue(1);
        Assert.Equal(0, (await trial.DoAsync("resume", "--time", "2:00:00", "--memory", "2G")).Status);
        ClusterSettings settings = trial.Folder.Submission(2).Settings;
        Assert.Equal(("short", "2:00:00", "2G", 2), (settings.Partition, settings.Time, settings.Memory, settings.CellsPerTask));
        Assert.Equal(["--qos=long"], settings.SbatchArguments);
        string script = await File.ReadAllTextAsync(trial.Folder.Script(2, 1));
        Assert.Contains("#SBATCH --partition=short\n#SBATCH --time=2:00:00\n#SBATCH --mem=2G\n#SBATCH --qos=long\n", script, StringComparison.Ordinal);
        trial.Clock.Now += TimeSpan.FromMinutes(1);
        trial.Queue(2);
        Assert.Equal(0, (await trial.DoAsync("resume")).Status);
        Assert.Equal(JsonText.Line(settings), JsonText.Line(trial.Folder.Submission(3).Settings));
    }

    [TheoryOnUnix]
    [InlineData("down")]
    [InlineData("refuse.squeue")]
    [InlineData("refuse.scontrol")]
    public async Task WithoutAController_NothingIsWritten(string trouble)
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync("seeds: 1-2\n");
        trial.Queue(1);
        trial.Slurm.Tell(trouble, "error: Unable to contact slurm controller (connect failure)");
        string[] before = Files(trial);
        ProgramOutcome outcome = await trial.DoAsync("resume");
        Assert.Equal(1, outcome.Status);
        Assert.Contains("Unable to contact slurm controller", outcome.OneErrorLine(), StringComparison.Ordinal);
        Assert.Equal(before, Files(trial));
        Assert.Single(trial.Calls("sbatch"));
    }

    [FactOnUnix]
    public async Task RefusedSubmission_IsNone_AndTheNextTakesItsPlace()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync("seeds: 1-2\n");
        trial.Queue(1);
        trial.Slurm.Tell("refuse.sbatch", "sbatch: error: invalid partition specified: shirt");
        ProgramOutcome outcome = await trial.DoAsync("resume", "--partition", "shirt");
        Assert.Equal(1, outcome.Status);
        Assert.Contains("invalid partition specified: shirt", outcome.OneErrorLine(), StringComparison.Ordinal);
        Assert.Empty(trial.Folder.Submission(2).Parts);
        File.Delete(trial.Slurm.State("refuse.sbatch"));
        Assert.Equal(0, (await trial.DoAsync("resume")).Status);
        Assert.Null(trial.Folder.Submission(3).Settings.Partition);
    }

    [FactOnUnix]
    public async Task SubmissionWhoseAnswerWasLost_IsFound_AndNotMadeTwice()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync("seeds: 1-2\n");
        trial.Queue(1);
        trial.Slurm.Tell("sbatch.lost", "sbatch: error: Socket timed out on send/recv operation");
        Assert.Equal(1, (await trial.DoAsync("resume")).Status);
        Assert.Null(trial.Folder.Submission(2).Parts[0].Job);
        File.Delete(trial.Slurm.State("sbatch.lost"));
        File.Delete(trial.Slurm.State("squeue.answer"));
        Assert.StartsWith("s: 2 cells: 2 queued\nnothing to submit", (await trial.DoAsync("resume")).Output, StringComparison.Ordinal);
        Assert.Equal("4712", trial.Folder.Submission(2).Parts[0].Job);
        Assert.Equal(2, trial.Calls("sbatch").Length);
    }

    [FactOnUnix]
    public async Task CancelledSweep_GoesOn()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync("seeds: 1-3\n");
        await trial.DoneAsync(2);
        await trial.DoAsync("cancel");
        // A clock that was set back makes no submission older than the one before: the later one's tasks win.
        trial.Clock.Now -= TimeSpan.FromHours(1);
        Assert.Contains("s: 3 cells: 1 done, 2 cancelled\n2 cells submitted as job 4712", (await trial.DoAsync("resume")).Output, StringComparison.Ordinal);
        Assert.Equal("1,3", trial.Folder.Submission(2).Cells);
        Assert.Null(trial.Folder.Submission(2).Cancelled);
        Assert.True(trial.Folder.Submission(2).Submitted > trial.Folder.Submission(1).Submitted);
        Assert.Equal(["queued", "done", "queued"], await trial.StandingsAsync());
        Assert.Equal(0, (await trial.TaskAsync(1, submission: 2, job: "4712")).Status);
        Assert.True(File.Exists(trial.RunOf(1).Summary));
    }

    [FactOnUnix]
    public async Task TaskOfALaterSubmission_TakesTheRunOver_AndOneOfTheEarlierWritesNothingThen()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync("set: {epochs: 100000}\nseeds: 1-2\n");
        RunFolder run = trial.RunOf(1);
        Task<ProgramOutcome> first = Task.Run(() => trial.TaskAsync(1));
        await UntilAsync(() => File.Exists(run.Metrics), first);
        trial.Queue(1);
        trial.Clock.Now = DateTimeOffset.UtcNow + ClusterSweep.Grace + ClusterSweep.Grace;
        Assert.Equal(0, (await trial.DoAsync("resume")).Status);
        Task<ProgramOutcome> second = Task.Run(() => trial.TaskAsync(1, submission: 2, job: "4712"));
        ProgramOutcome older = await first;
        Assert.Equal(1, older.Status);
        Assert.Contains("taken over by task 4712_1 on ", older.OneErrorLine(), StringComparison.Ordinal);

        await UntilAsync(() => RunStatus.TryRead(run) is { State: RunState.Running } && RunLock.IsHeld(run), second);
        ProgramOutcome late = await trial.TaskAsync(1, restart: 7);
        Assert.Equal(1, late.Status);
        Assert.Contains("taken over by task 4712_1 on ", late.OneErrorLine(), StringComparison.Ordinal);
        // Neither says that the cell has failed: it is at work.
        Assert.False(File.Exists(trial.Folder.Mark(1)));
        Assert.False(second.IsCompleted);
        File.Delete(run.Lease);
        Assert.Equal(1, (await second).Status);
    }

    private static async Task UntilAsync(Func<bool> condition, Task<ProgramOutcome> task)
    {
        while (!condition())
        {
            Assert.False(task.IsCompleted && !condition(), task.IsCompleted ? (await task).Error : "");
            await Task.Delay(1);
        }
    }

    private static string[] Files(ClusterTrial trial) =>
        [.. Directory.EnumerateFiles(trial.Folder.Path, "*", SearchOption.AllDirectories)
            .Where(file => !file.Contains("program-", StringComparison.Ordinal) && file != trial.Folder.Queue)
            .Order(StringComparer.Ordinal).Select(file => $"{file} {File.ReadAllText(file)}")];
}
