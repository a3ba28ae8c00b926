using System.Runtime.Versioning;
using Trainer.Clusters;
using Trainer.Tests.Commands;

namespace Trainer.Tests.Clusters;

/// <summary><c>trainer sweep cancel</c>: the mark first, then the scheduler.</summary>
public class CancelTests
{
    [FactOnUnix]
    [UnsupportedOSPlatform("windows")]
    public async Task Cancel_MarksTheSweep_ThenHasAllItsJobsEnded_ByTheirNames()
    {
        using var trial = new ClusterTrial();
        trial.Slurm.Tell("MaxArraySize", "4");
        await trial.LaunchedAsync();
        // This one keeps what the mark was at the time it was asked.
        string mark = Path.Combine(trial.Folder.Path, "submissions", "1.json"), seen = trial.Sweep.Program.In("seen");
        trial.Slurm.Remove("scancel");
        string scancel = Path.Combine(trial.Slurm.Programs, "scancel");
        await File.WriteAllTextAsync(scancel, $"#!/bin/sh\ncp '{mark}' '{seen}'\necho \"scancel|$*\" >>'{trial.Slurm.State("calls")}'\n");
        File.SetUnixFileMode(scancel, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        ProgramOutcome outcome = await trial.DoAsync("cancel");
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        Assert.StartsWith("s: cancelled jobs 4711, 4712; ", outcome.Output, StringComparison.Ordinal);
        Assert.Contains($"'trainer sweep resume {trial.Sweep.Folder.Path}' goes on with it", outcome.Output, StringComparison.Ordinal);
        // By an id alone it could be another job that ends: a controller that is killed may give ids away twice.
        Assert.Equal([$"scancel|--user=ada --name={trial.NameOf(1, 1)}", $"scancel|--user=ada --name={trial.NameOf(1, 2)}"], trial.Calls("scancel"));
        Assert.Equal(trial.Clock.Now, ClusterFolder.Read<Submission>(seen).Cancelled);
    }

    [FactOnUnix]
    public async Task TaskThatBeginsAfterwards_DoesNothing()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync("seeds: 1-4\n", "--cells-per-task", "2");
        Assert.Equal(0, (await trial.DoAsync("cancel")).Status);
        ProgramOutcome outcome = await trial.TaskAsync(1);
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        Assert.Equal("cell 1: cancelled; nothing is begun\n", outcome.Output);
        Assert.False(Directory.Exists(trial.RunOf(1).Path));
        Assert.Equal(["cancelled", "cancelled", "cancelled", "cancelled"], await trial.StandingsAsync());
    }

    [FactOnUnix]
    public async Task WithoutAController_TheSweepIsMarkedAllTheSame_AndOneLineSaysWhy()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync("seeds: 1-2\n");
        trial.Slurm.Tell("down");
        ProgramOutcome outcome = await trial.DoAsync("cancel");
        Assert.Equal(1, outcome.Status);
        Assert.Contains("Unable to contact slurm controller", outcome.OneErrorLine(), StringComparison.Ordinal);
        DateTimeOffset? marked = trial.Folder.Submission(1).Cancelled;
        Assert.NotNull(marked);
        Assert.Equal("cell 1: cancelled; nothing is begun\n", (await trial.TaskAsync(1)).Output);
        // Said again once the controller is back, it is done; the mark stays what it was.
        File.Delete(trial.Slurm.State("down"));
        trial.Clock.Now += TimeSpan.FromMinutes(1);
        Assert.Equal(0, (await trial.DoAsync("cancel")).Status);
        Assert.True(File.Exists(trial.Slurm.State("jobs", "4711", "cancelled")));
        Assert.Equal(marked, trial.Folder.Submission(1).Cancelled);
    }

    [FactOnUnix]
    public async Task JobsThatSlurmHasForgotten_AreNoFailure()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync("seeds: 1-2\n");
        await File.WriteAllTextAsync(trial.Slurm.State("jobs", "4711", "over"), "");
        trial.Slurm.Submit("another", "1-2");
        trial.Slurm.Tell("scancel.strict");
        ProgramOutcome outcome = await trial.DoAsync("cancel");
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        Assert.NotNull(trial.Folder.Submission(1).Cancelled);
        Assert.False(File.Exists(trial.Slurm.State("jobs", "4712", "cancelled")));
    }

    [FactOnUnix]
    public async Task OfSweepsThatAreDone_NothingIsCancelled()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync("seeds: 1-2\n");
        await trial.DoneAsync(1, 2);
        ProgramOutcome outcome = await trial.DoAsync("cancel");
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        Assert.StartsWith("s: nothing of it is queued or at work\n", outcome.Output, StringComparison.Ordinal);
        Assert.Empty(trial.Calls("scancel"));
        Assert.Equal(["done", "done"], await trial.StandingsAsync());
    }

    [FactOnUnix]
    public async Task JobsOfAllSubmissions_AreCancelled_ButThoseThatHaveNothingToDo()
    {
        using var trial = new ClusterTrial();
        trial.Slurm.Tell("MaxArraySize", "3");
        await trial.LaunchedAsync("seeds: 1-4\n");
        Assert.Equal(0, (await trial.TaskAsync(1)).Status);
        Assert.Equal(0, (await trial.TaskAsync(2)).Status);
        trial.Queue(1);
        await trial.DoAsync("resume");
        Assert.Equal("3-4", trial.Folder.Submission(2).Cells);
        // The first has gone; of those that are there, one has nothing to do.
        trial.Slurm.Tell("squeue.answer", string.Join('\n', new[] { trial.NameOf(1, 1), trial.NameOf(2, 1) }.Select((name, k) => $"{4711 + (2 * k)}_1|RUNNING|{name}|None")));
        Assert.Equal(0, (await trial.DoAsync("cancel")).Status);
        Assert.Equal([$"scancel|--user=ada|--name={trial.NameOf(2, 1)}"], trial.Calls("scancel"));
        ProgramOutcome status = await trial.DoAsync("status");
        Assert.Contains("2 done, 1 at work, 1 cancelled", status.Output, StringComparison.Ordinal);
        Assert.All(trial.Folder.AllSubmissions(), submission => Assert.NotNull(submission.Cancelled));
    }

    [FactOnUnix]
    public async Task JobWhoseIdWasNeverHeard_IsCancelledByItsName()
    {
        using var trial = new ClusterTrial();
        trial.Slurm.Tell("sbatch.lost", "sbatch: error: Socket timed out on send/recv operation");
        Assert.Equal(1, (await trial.LaunchAsync("seeds: 1-2\n")).Status);
        Assert.Equal(0, (await trial.DoAsync("cancel")).Status);
        Assert.True(File.Exists(trial.Slurm.State("jobs", "4711", "cancelled")));
        Assert.NotNull(trial.Folder.Submission(1).Cancelled);
    }
}
