using System.Text.Json;
using Trainer.Clusters;
using Trainer.Tests.Commands;

namespace Trainer.Tests.Clusters;

/// <summary><c>trainer sweep status</c>: how each cell stands.</summary>
public class StatusTests
{
    /// <summary>One that fails, one that diverges, one that is done.</summary>
    internal const string Ends = "set: {batch_size: 300}\ngrid: {optimizer: [{name: line_search, t0: 1.0e+9, max_trials: 2}, {name: sgd, lr: 1.0e+20}, {name: sgd, lr: 0.1}]}\n";

    [FactOnUnix]
    public async Task CellsThatAreDone_AtWork_Queued_AndHeld_AreSaidToBe_WithTheirTasksAndReasons()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync();
        await trial.DoneAsync(1);
        trial.Queue(1, "4711_2|RUNNING|None", "4711_3|COMPLETING|None", "4711_[4-5]|PENDING|JobArrayTaskLimit", "4711_6|PENDING|JobHeldUser");
        Assert.Equal(["done", "at_work", "at_work", "queued", "queued", "held"], await trial.StandingsAsync());
        string text = (await trial.DoAsync("status")).Output;
        Assert.StartsWith("s: 6 cells: 1 done, 2 at work, 2 queued, 1 held\n", text, StringComparison.Ordinal);
        Assert.Contains("|2|trial lr=0.1|2|-|4711_2|at work|", Rows(text));
        Assert.Contains("\ncell 6 held: JobHeldUser\n", text, StringComparison.Ordinal);
        Assert.Contains("\nqueued: JobArrayTaskLimit 2\n", text, StringComparison.Ordinal);
        Assert.Contains($"'trainer sweep collect {trial.Sweep.Folder.Path}'", text, StringComparison.Ordinal);
        Assert.DoesNotContain("resume", text, StringComparison.Ordinal);
    }

    [FactOnUnix]
    public async Task QueuedCells_AreCountedByTheirReasons_TheMostFrequentFirst()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync();
        trial.Queue(1, "4711_1|PENDING|BeginTime", "4711_[2-5%1]|PENDING|ReqNodeNotAvail, UnavailableNodes:n[1-2]", "4711_6|PENDING|None");
        Assert.Contains(
            "\nqueued: ReqNodeNotAvail, UnavailableNodes:n[1-2] 4, BeginTime 1, no reason given 1\n", (await trial.DoAsync("status")).Output, StringComparison.Ordinal);
    }

    [FactOnUnix]
    public async Task DoneCell_IsDone_WhateverTheQueueStillShows()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync();
        await trial.DoneAsync(1, 2);
        trial.Queue(1, "4711_1|RUNNING|None", "4711_[2-6]|PENDING|Resources");
        Assert.Equal(["done", "done", "queued", "queued", "queued", "queued"], await trial.StandingsAsync());
    }

    [FactOnUnix]
    public async Task FailedAndDivergedCells_SayWhy()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync(Ends);
        Assert.Equal(1, (await trial.TaskAsync(1)).Status);
        Assert.Equal(5, (await trial.TaskAsync(2)).Status);
        Assert.Equal(0, (await trial.TaskAsync(3)).Status);
        trial.Queue(1);
        Assert.Equal(["failed", "diverged", "done"], await trial.StandingsAsync());
        string text = (await trial.DoAsync("status")).Output;
        Assert.Contains("\ncell 1 failed: line search, step 1: none of the 2 sizes", text, StringComparison.Ordinal);
        Assert.Contains("\ncell 2 diverged: the loss became", text, StringComparison.Ordinal);
        Assert.Contains($"'trainer sweep resume {trial.Sweep.Folder.Path} --retry' submits them again (2)", text, StringComparison.Ordinal);
        Assert.DoesNotContain("what has no task", text, StringComparison.Ordinal);
    }

    [FactOnUnix]
    public async Task CellThatATaskCouldNotBegin_IsFailed_ByItsMark_AndItsLogIsNamed()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync("set: {device: cuda}\nseeds: 1-2\n");
        trial.Queue(1, "4711_1|RUNNING|None", "4711_2|PENDING|Resources");
        Assert.Equal(["at_work", "queued"], await trial.StandingsAsync());
        Assert.Equal(4, (await trial.TaskAsync(1)).Status);
        string log = Path.Combine(trial.Folder.Logs(1, 1), "4711_1.log");
        await File.WriteAllTextAsync(log, "");
        // The mark is younger than the answer, which is not asked for again.
        Assert.Equal(["failed", "queued"], await trial.StandingsAsync());
        Assert.Equal(4, (await trial.TaskAsync(2)).Status);
        trial.Clock.Now += TimeSpan.FromSeconds(1);
        Assert.Equal(["failed", "failed"], await trial.StandingsAsync());
        Assert.Single(trial.Calls("squeue"));
        trial.Clock.Now += TimeSpan.FromMinutes(1);
        trial.Queue(1, "4711_2|PENDING|Resources");
        string text = (await trial.DoAsync("status")).Output;
        Assert.Matches($@"\ncell 1 failed: .*cuda.* \(log: {log}\)\n", text);
        // Submitted again, what was marked before waits like any other.
        trial.Clock.Now += TimeSpan.FromMinutes(1);
        Assert.Equal(0, (await trial.DoAsync("resume", "--retry")).Status);
        trial.Queue(2, "4712_1|PENDING|Resources");
        trial.Clock.Now += TimeSpan.FromMinutes(1);
        Assert.Equal("queued", (await trial.StandingsAsync())[0]);
    }

    [SignalFact]
    public async Task TasksThatWereToldToEnd_AreStopped_AndSayWhyTheyWereNotRequeued()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync("set: {epochs: 100000}\nseeds: 1-3\n", "--requeues", "0");
        int[] ended = await Task.WhenAll(TaskProcess.EndedAsync(trial, 1, "TERM"), TaskProcess.EndedAsync(trial, 2, "USR1"));
        Assert.Equal([85, 85], ended);
        trial.Queue(1, "4711_3|PENDING|Resources");
        trial.Clock.Now = DateTimeOffset.UtcNow;
        Assert.Equal(["stopped", "stopped", "queued"], await trial.StandingsAsync());
        string text = (await trial.DoAsync("status")).Output;
        Assert.Contains("\ncell 2 stopped: not requeued: it has been requeued 0 times, and --requeues is 0", text, StringComparison.Ordinal);
        Assert.Contains($"'trainer sweep resume {trial.Sweep.Folder.Path}' submits again what has no task (2)", text, StringComparison.Ordinal);
        trial.Clock.Now += TimeSpan.FromDays(1);
        Assert.Equal(["stopped", "stopped", "queued"], await trial.StandingsAsync());

        Assert.Equal(0, (await trial.DoAsync("resume")).Status);
        Assert.Equal("1-2", trial.Folder.Submission(2).Cells);
    }

    [FactOnUnix]
    public async Task CancelledCells_AreCancelled_AndDoneOnesDone()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync();
        await trial.DoneAsync(2);
        await trial.DoAsync("cancel");
        Assert.Equal(["cancelled", "done", "cancelled", "cancelled", "cancelled", "cancelled"], await trial.StandingsAsync());
        Assert.Contains("(5)", (await trial.DoAsync("status")).Output, StringComparison.Ordinal);
        // One that has not noticed yet is at work.
        trial.Clock.Now += TimeSpan.FromMinutes(1);
        trial.Queue(1, "4711_1|COMPLETING|None");
        Assert.Equal(["at_work", "done", "cancelled"], (await trial.StandingsAsync())[..3]);
    }

    [FactOnUnix]
    public async Task CellThatNobodyKnows_SettlesAWhile_AndIsLostThen_WithTheWordOfTheAccountingAndItsLog()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync("seeds: 1-4\n");
        trial.Queue(1);
        await trial.DoneAsync(3);
        trial.Unfinish(3, trial.Clock.Now + TimeSpan.FromMinutes(1));
        string log = Path.Combine(trial.Folder.Logs(1, 1), "4711_1.log");
        await File.WriteAllTextAsync(log, "");
        string name = trial.NameOf();
        trial.Slurm.Tell("sacct.answer", $"4711_1|NODE_FAIL|0:0|{name}\n4711_1.batch|CANCELLED|0:15|batch\n4711_2|COMPLETED|0:0|{name}\n4711_2|FAILED|1:0|somebody-elses\n4711_[3-4]|CANCELLED by 1000|0:15|{name}");

        trial.Clock.Now += ClusterSweep.Grace - TimeSpan.FromSeconds(1);
        Assert.Equal(["settling", "settling", "settling", "settling"], await trial.StandingsAsync());
        Assert.Empty(trial.Calls("sacct"));
        trial.Clock.Now += TimeSpan.FromSeconds(1);
        // What a run says of itself counts as well as when it was submitted.
        Assert.Equal(["lost", "lost", "settling", "lost"], await trial.StandingsAsync());
        trial.Clock.Now += TimeSpan.FromMinutes(1);
        Assert.Equal(["lost", "lost", "lost", "lost"], await trial.StandingsAsync());
        Assert.Equal("sacct|--noheader|--parsable2|--allocations|--jobs=4711|--format=JobID,State,ExitCode,JobName", trial.Calls("sacct")[0]);

        string text = (await trial.DoAsync("status")).Output;
        Assert.Contains($"\ncell 1 lost: SLURM says NODE_FAIL, exit code 0:0 (log: {log})\n", text, StringComparison.Ordinal);
        Assert.Contains($"\ncell 2 lost: no log of it in {trial.Folder.Logs(1, 1)}: SLURM has forgotten it, or the nodes do not see that folder\n", text, StringComparison.Ordinal);
        Assert.Contains("\ncell 4 lost: SLURM says CANCELLED, exit code 0:15\n", text, StringComparison.Ordinal);
        Assert.Contains("|3|trial|3|1/2|4711_3|lost|", Rows(text));
        Assert.Contains("submits again what has no task (4)", text, StringComparison.Ordinal);
    }

    [TheoryOnUnix]
    [InlineData("")]
    [InlineData("refuse.sacct")]
    [InlineData("down")]
    public async Task LostCell_IsLost_WithoutAccountingToo(string trouble)
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync("seeds: 1-2\n");
        trial.Queue(1);
        trial.Clock.Now += ClusterSweep.Grace;
        await trial.StandingsAsync();
        if (trouble.Length > 0)
        {
            trial.Slurm.Tell(trouble, "sacct: error: no");
        }
        else
        {
            trial.Slurm.Remove("sacct");
        }
        Assert.Equal(["lost", "lost"], await trial.StandingsAsync());
        Assert.Contains("4711_2", (await trial.DoAsync("status")).Output, StringComparison.Ordinal);
    }

    [FactOnUnix]
    public async Task CellsOfAnArrayThatWasRefused_AreNotSubmitted()
    {
        using var trial = new ClusterTrial();
        trial.Slurm.Tell("MaxArraySize", "3");
        trial.Slurm.Tell("sbatch.room", "2");
        Assert.Equal(1, (await trial.LaunchAsync()).Status);
        Assert.Equal(["queued", "queued", "queued", "queued", "unsubmitted", "unsubmitted"], await trial.StandingsAsync());
        string text = (await trial.DoAsync("status")).Output;
        Assert.StartsWith("s: 6 cells: 4 queued, 2 not submitted\n", text, StringComparison.Ordinal);
        Assert.Contains("submits again what has no task (2)", text, StringComparison.Ordinal);
    }

    [FactOnUnix]
    public async Task WithoutAController_FilesAloneTell_AndOneLineSaysSo()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync("grid: {optimizer.lr: [0.1, 1.0e+20]}\nseeds: 1-2\n");
        await trial.DoneAsync(1, 2);
        Assert.Equal(5, (await trial.TaskAsync(3)).Status);
        trial.Unfinish(2, trial.Clock.Now);
        trial.Slurm.Tell("down");
        foreach (string[] more in (string[][])[["--json"], []])
        {
            ProgramOutcome outcome = await trial.DoAsync("status", more);
            Assert.Equal(0, outcome.Status);
            Assert.StartsWith("trainer: the queue cannot be asked (squeue: ", outcome.OneErrorLine(), StringComparison.Ordinal);
            Assert.Contains("Unable to contact slurm controller", outcome.OneErrorLine(), StringComparison.Ordinal);
            if (more is [])
            {
                Assert.StartsWith("s: 4 cells: 1 done, 1 at work, 1 diverged, 1 not known\n", outcome.Output, StringComparison.Ordinal);
                Assert.DoesNotContain("queue: ", outcome.Output, StringComparison.Ordinal);
                continue;
            }
            Assert.Equal(["done", "at_work", "diverged", "unknown"], ClusterTrial.Standings(outcome));
        }
        trial.Clock.Now += ClusterSweep.Grace + TimeSpan.FromMinutes(1);
        Assert.Equal(["done", "unknown", "diverged", "unknown"], ClusterTrial.Standings(await trial.DoAsync("status", "--json")));
        trial.Slurm.Remove("squeue");
        Assert.Contains("squeue: not found on the PATH", (await trial.DoAsync("status")).OneErrorLine(), StringComparison.Ordinal);
    }

    [FactOnUnix]
    public async Task Json_HasALineACell_WithAllThereIsToKnow()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync();
        await trial.DoneAsync(1);
        trial.Queue(1, "4711_2|RUNNING|None", "4711_[3-6]|PENDING|Resources");
        string[] lines = (await trial.DoAsync("status", "--json")).Output.TrimEnd('\n').Split('\n');
        JsonElement[] cells = [.. lines.Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(Enumerable.Range(1, 6), cells.Select(cell => cell.GetProperty("cell").GetInt32()));
        Assert.All(cells, cell => Assert.Equal(
            ["cell", "state", "task", "epoch", "epochs", "name", "hash", "seed", "varied", "folder", "message"], cell.EnumerateObject().Select(property => property.Name)));
        Assert.Equal((2, 2, JsonValueKind.Null), (cells[0].GetProperty("epoch").GetInt32(), cells[0].GetProperty("epochs").GetInt32(), cells[0].GetProperty("task").ValueKind));
        Assert.Equal((JsonValueKind.Null, "4711_2", JsonValueKind.Null), (cells[1].GetProperty("epoch").ValueKind, cells[1].GetProperty("task").GetString(), cells[1].GetProperty("message").ValueKind));
        JsonElement last = cells[5];
        Assert.Equal(("queued", "4711_6", "Resources"), (last.GetProperty("state").GetString(), last.GetProperty("task").GetString(), last.GetProperty("message").GetString()));
        Assert.Equal(("trial", 3UL, "0.2"), (last.GetProperty("name").GetString(), last.GetProperty("seed").GetUInt64(), last.GetProperty("varied").GetProperty("optimizer.lr").GetString()));
        Assert.Equal(Path.GetFullPath(trial.RunOf(6).Path), last.GetProperty("folder").GetString());
        Assert.EndsWith(last.GetProperty("hash").GetString() + "-s3", last.GetProperty("folder").GetString(), StringComparison.Ordinal);
    }

    /// <summary>The lines, without the spaces that make columns of them.</summary>
    private static string[] Rows(string text) =>
        [.. text.Split('\n').Select(line => string.Join('|', line.Split('|', StringSplitOptions.TrimEntries)))];
}
