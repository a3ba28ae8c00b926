using Trainer.Clusters;
using Trainer.Storage;
using Trainer.Tests.Commands;
using Trainer.Tests.Storage;

namespace Trainer.Tests.Clusters;

/// <summary>What <c>trainer sweep status</c> asks of the queue, how often, and how it reads the answer.</summary>
public class StatusQueueTests
{
    [FactOnUnix]
    public async Task Queue_IsAskedOnceACall_AndNotAgainWithinHalfAMinute()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync();
        DateTimeOffset first = trial.Clock.Now;
        Assert.Contains("\nqueue:  asked now\n", (await trial.DoAsync("status")).Output, StringComparison.Ordinal);
        Assert.Single(trial.Calls("squeue"));
        trial.Queue(1, "4711_1|RUNNING|None");
        trial.Clock.Now = first + TimeSpan.FromSeconds(29.9);
        ProgramOutcome outcome = await trial.DoAsync("status");
        Assert.Contains("s: 6 cells: 6 queued\n", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("\nqueue:  as it was 29 s ago (it is asked every 30 s at most)\n", outcome.Output, StringComparison.Ordinal);
        Assert.Single(trial.Calls("squeue"));

        trial.Clock.Now = first + TimeSpan.FromSeconds(30);
        Assert.Equal("at_work", (await trial.StandingsAsync())[0]);
        Assert.Equal(2, trial.Calls("squeue").Length);
        // A clock that was set back makes no answer of the future count.
        trial.Clock.Now = first;
        await trial.StandingsAsync();
        Assert.Equal(3, trial.Calls("squeue").Length);
    }

    [FactOnUnix]
    public async Task ManyArrays_AreOneQuestion_AndOnlyThoseWithSomethingToDoAreAskedFor()
    {
        using var trial = new ClusterTrial();
        trial.Slurm.Tell("MaxArraySize", "3");
        await trial.LaunchedAsync();
        await trial.StandingsAsync();
        Assert.Contains($"|--name={trial.NameOf(1, 1)},{trial.NameOf(1, 2)},{trial.NameOf(1, 3)}|", Assert.Single(trial.Calls("squeue")), StringComparison.Ordinal);
        Assert.Equal(0, (await trial.TaskAsync(1, offset: 2, job: "4712")).Status);
        Assert.Equal(0, (await trial.TaskAsync(2, offset: 2, job: "4712")).Status);
        trial.Clock.Now += TimeSpan.FromMinutes(1);
        Assert.Equal(["queued", "queued", "done", "done", "queued", "queued"], await trial.StandingsAsync());
        Assert.Contains($"|--name={trial.NameOf(1, 1)},{trial.NameOf(1, 3)}|", trial.Calls("squeue")[1], StringComparison.Ordinal);
        Assert.Contains("\"task\":\"4713_2\"", (await trial.DoAsync("status", "--json")).Output, StringComparison.Ordinal);
    }

    [FactOnUnix]
    public async Task SweepThatIsDone_IsNoQuestion()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync("seeds: 1-2\n");
        await trial.DoneAsync(1, 2);
        int calls = trial.Slurm.Calls.Length;
        ProgramOutcome outcome = await trial.DoAsync("status");
        Assert.StartsWith("s: 2 cells: 2 done\n", outcome.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("queue: ", outcome.Output, StringComparison.Ordinal);
        Assert.Equal(calls, trial.Slurm.Calls.Length);
    }

    [FactOnUnix]
    public async Task NewSubmission_IsAskedFor_EvenWithinHalfAMinute()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync("seeds: 1-2\n");
        await trial.DoAsync("cancel");
        Assert.Equal(["cancelled", "cancelled"], await trial.StandingsAsync());
        Assert.Equal(0, (await trial.DoAsync("resume")).Status);
        int before = trial.Calls("squeue").Length;
        Assert.Equal(["queued", "queued"], await trial.StandingsAsync());
        Assert.Equal(before + 1, trial.Calls("squeue").Length);
        Assert.Equal(["queued", "queued"], await trial.StandingsAsync());
        Assert.Equal(before + 1, trial.Calls("squeue").Length);
    }

    [FactOnUnix]
    public async Task FailedQuestion_IsNotRemembered()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync("seeds: 1-2\n");
        trial.Slurm.Tell("down");
        Assert.Equal(["unknown", "unknown"], ClusterTrial.Standings(await trial.DoAsync("status", "--json")));
        File.Delete(trial.Slurm.State("down"));
        Assert.Equal(["queued", "queued"], await trial.StandingsAsync());
    }

    [FactOnUnix]
    public async Task FolderThatCannotBeWritten_CanBeLookedAt()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync("seeds: 1-2\n");
        await trial.DoneAsync(1);
        foreach (string[] more in (string[][])[[], ["--json"]])
        {
            string expected = (await trial.DoAsync("status", more)).Output;
            File.Delete(trial.Folder.Queue);
            using IDisposable use = Disk.Use(new FaultyDisk(new Fault(FaultKind.Broken, 1), trial.Sweep.Program.In()));
            ProgramOutcome outcome = await trial.DoAsync("status", more);
            Assert.Equal((0, expected, ""), (outcome.Status, outcome.Output, outcome.Error));
            Assert.False(File.Exists(trial.Folder.Queue));
        }
        Assert.Equal(4, trial.Calls("squeue").Length);
    }

    [FactOnUnix]
    public async Task Status_WritesNothingButTheAnswer()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync("seeds: 1-2\n");
        await trial.DoneAsync(1);
        trial.Queue(1);
        trial.Clock.Now += ClusterSweep.Grace;
        var disk = new FaultyDisk(Fault.None, trial.Sweep.Program.In());
        using (Disk.Use(disk))
        {
            Assert.Equal(["done", "lost"], await trial.StandingsAsync());
        }
        Assert.Equal([trial.Folder.Queue], disk.Log.Where(done => done.Operation == DiskOperation.Rename).Select(done => done.Path));
        Assert.All(disk.Log, done => Assert.Equal(trial.Folder.Path, Path.GetDirectoryName(done.Path)));
    }

    [TheoryOnUnix]
    [InlineData("4711_1|R|(null)\n4711_[2-3,5-6%2]|PD|(null)", "at_work queued queued settling queued queued")]
    [InlineData(" 4711_[1-5:2] | PENDING | (Priority) \n4711_2|CG|None\n4711_4|S|None", "queued at_work queued at_work queued settling")]
    [InlineData("4711_1|CF|None\n4711_2|RQ|BeginTime\n4711_3|SE|None\n4711_[4-6]|PENDING|launch failed requeued held", "at_work queued held held held held")]
    [InlineData("4711_1|CA|None\n4711_2|TIMEOUT|None\n4711_3|A_STATE_OF_TOMORROW|None", "settling settling at_work settling settling settling")]
    [InlineData("Welcome | to the cluster\n\n4711_[1-99]|PENDING|Resources", "queued queued queued queued queued queued")]
    public async Task AnswersOfAllVersions_AreUnderstood(string answer, string standings)
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync();
        trial.Queue(1, answer.Split('\n'));
        Assert.Equal(standings.Split(' '), await trial.StandingsAsync());
    }

    [FactOnUnix]
    public async Task AnswerThatIsCutOff_IsAskedForTaskByTask()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync();
        string name = trial.NameOf();
        trial.Slurm.Tell("squeue.answer", $"4711_2|RUNNING|{name}|None\n4711_[1,3,5...]|PENDING|{name}|Resources");
        trial.Slurm.Tell("squeue.array", $"4711_2|RUNNING|{name}|None\n4711_1|PENDING|{name}|Resources\n4711_3|PENDING|{name}|JobHeldUser\n4711_5|PENDING|{name}|Resources");
        Assert.Equal(["queued", "at_work", "held", "settling", "queued", "settling"], await trial.StandingsAsync());
        Assert.Equal(2, trial.Calls("squeue").Length);
    }

    [FactOnUnix]
    public async Task CellsOfOneTask_StandAsItDoes_ButForThoseThatHaveEnded()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync("grid: {optimizer.lr: [0.1, 1.0e+20]}\nseeds: 1-3\n", "--cells-per-task", "4");
        trial.Queue(1, "4711_1|RUNNING|None", "4711_2|PENDING|Resources");
        Assert.Equal(["at_work", "at_work", "at_work", "at_work", "queued", "queued"], await trial.StandingsAsync());
        Assert.Equal(
            ["4711_1", "4711_1", "4711_1", "4711_1", "4711_2", "4711_2"],
            (await trial.DoAsync("status", "--json")).Output.Split('\n')[..^1].Select(line => line.Split("\"task\":\"")[1].Split('"')[0]));
        // Of this task, three cells are done and one has diverged; that it goes on does not put that one back to work.
        Assert.Equal(5, (await trial.TaskAsync(1)).Status);
        Assert.Equal(["done", "done", "done", "diverged", "queued", "queued"], await trial.StandingsAsync());
        trial.Clock.Now = DateTimeOffset.UtcNow + TimeSpan.FromMinutes(1);
        Assert.Equal(["done", "done", "done", "diverged", "queued", "queued"], await trial.StandingsAsync());
        // Started again, it leaves that one as it is.
        trial.Queue(1, "4711_1|PENDING|BeginTime", "4711_2|PENDING|Resources");
        trial.Clock.Now += TimeSpan.FromMinutes(1);
        Assert.Equal(["done", "done", "done", "diverged", "queued", "queued"], await trial.StandingsAsync());
    }

    [FactOnUnix]
    public async Task OfTwoSubmissionsOfACell_TheOneAtWorkCounts_ElseTheLater()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync("seeds: 1-3\n");
        trial.Queue(1);
        trial.Clock.Now += ClusterSweep.Grace;
        Assert.Equal(0, (await trial.DoAsync("resume")).Status);
        string[] names = [trial.NameOf(1), trial.NameOf(2)];
        // The first was not lost but overlooked.
        trial.Slurm.Tell("squeue.answer", $"4711_1|RUNNING|{names[0]}|None\n4711_[2-3]|PENDING|{names[0]}|Resources\n4712_[1-2]|PENDING|{names[1]}|Priority\n4712_3|RUNNING|{names[1]}|None");
        trial.Clock.Now += TimeSpan.FromMinutes(1);
        Assert.Equal(["at_work", "queued", "at_work"], await trial.StandingsAsync());
        Assert.Equal(
            ["4711_1", "4712_2", "4712_3"],
            (await trial.DoAsync("status", "--json")).Output.Split('\n')[..^1].Select(line => line.Split("\"task\":\"")[1].Split('"')[0]));
    }

    [FactOnUnix]
    public async Task JobWhoseIdWasNeverHeard_IsKnownByItsName_AndWithoutATraceItsCellsAreLost()
    {
        using var trial = new ClusterTrial();
        trial.Slurm.Tell("sbatch.lost", "sbatch: error: Batch job submission failed: Unable to contact slurm controller (connect failure)");
        Assert.Equal(1, (await trial.LaunchAsync("seeds: 1-2\n")).Status);
        Assert.Equal(["queued", "queued"], await trial.StandingsAsync());
        Assert.Contains("\"task\":\"4711_2\"", (await trial.DoAsync("status", "--json")).Output, StringComparison.Ordinal);
        Assert.Null(trial.Folder.Submission(1).Parts[0].Job);
        trial.Queue(1);
        trial.Clock.Now += ClusterSweep.Grace;
        // From the queue they have gone just now.
        Assert.Equal(["settling", "settling"], await trial.StandingsAsync());
        trial.Clock.Now += ClusterSweep.Grace;
        Assert.Equal(["lost", "lost"], await trial.StandingsAsync());
        Assert.Empty(trial.Calls("sacct"));
    }

    [FactOnUnix]
    public async Task JobOfAnotherName_WithAnIdThatWasGivenAgain_IsNobodysTask()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync("seeds: 1-2\n");
        trial.Slurm.Tell("squeue.answer", "4711_[1-2]|PENDING|somebody-elses|Resources");
        trial.Clock.Now += ClusterSweep.Grace;
        Assert.Equal(["lost", "lost"], await trial.StandingsAsync());
    }
}
