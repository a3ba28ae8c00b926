using Trainer.Clusters.Slurm;

namespace Trainer.Tests.Clusters;

/// <summary>What squeue answers, of versions old and new, and what it means for each task.</summary>
public sealed class SlurmQueueTests : IDisposable
{
    private const string Name = "trainer-a-1-1";

    private readonly Lazy<FakeSlurm> _slurm = new(() => new FakeSlurm());

    private FakeSlurm Slurm => _slurm.Value;

    public void Dispose()
    {
        if (_slurm.IsValueCreated)
        {
            _slurm.Value.Dispose();
        }
    }

    [FactOnUnix]
    public void AllNames_AreOneQuestion_AboutTheUsersJobsAlone()
    {
        Slurm.Submit(Name, "1-24%8");
        Slurm.Submit("trainer-other", "1-5");
        Slurm.Submit("trainer-a-1-2", "1-1");
        Assert.Equal(["4711 1-24 Pending Resources", "4713 1 Pending Resources"], Ask(Name, "trainer-a-1-2", "trainer-a-1-3"));
        Assert.Equal("squeue|--noheader|--all|--user=ada|--name=trainer-a-1-1,trainer-a-1-2,trainer-a-1-3|--format=%i|%T|%j|%r", Slurm.Calls[^1]);
        Assert.Single(Slurm.Calls, call => call.StartsWith("squeue", StringComparison.Ordinal));
    }

    [FactOnUnix]
    public void NoName_IsNoQuestion()
    {
        Assert.Empty(Ask());
        Assert.Empty(Slurm.Calls);
    }

    [FactOnUnix]
    public void MoreNamesThanACommandLineHolds_AreOneQuestionStill()
    {
        Slurm.Submit(Name, "1-3");
        Slurm.Submit("trainer-other", "1-5");
        Assert.Equal(["4711 1-3 Pending Resources"], Ask([Name, .. Enumerable.Range(0, 20_000).Select(number => $"trainer-sweep-{number}")]));
        Assert.Equal("squeue|--noheader|--all|--user=ada|--format=%i|%T|%j|%r", Slurm.Calls[^1]);
        Assert.Single(Slurm.Calls, call => call.StartsWith("squeue", StringComparison.Ordinal));
    }

    [TheoryOnUnix]
    [InlineData("123_[1-3,7-9%2]|PENDING|trainer-a-1-1|JobArrayTaskLimit", "123 1-3,7-9 Pending JobArrayTaskLimit")]
    [InlineData("123_[1-9:2%2]|PENDING|trainer-a-1-1|Priority", "123 1,3,5,7,9 Pending Priority")]
    [InlineData("123_[1-3,7-11:2,20]|PD|trainer-a-1-1|Resources", "123 1-3,7,9,11,20 Pending Resources")]
    [InlineData("123_4|RUNNING|trainer-a-1-1|None", "123 4 Running ")]
    [InlineData("123_4|R|trainer-a-1-1|None", "123 4 Running ")]
    [InlineData(" 123_4 | R | trainer-a-1-1 | (null) ", "123 4 Running ")]
    [InlineData("123|RUNNING|trainer-a-1-1|None", "123  Running ")]
    [InlineData("123_4|CONFIGURING|trainer-a-1-1|None", "123 4 Running ")]
    [InlineData("123_4|CG|trainer-a-1-1|None", "123 4 Ending ")]
    [InlineData("123_4|COMPLETING|trainer-a-1-1|NonZeroExitCode", "123 4 Ending NonZeroExitCode")]
    [InlineData("123_4|SUSPENDED|trainer-a-1-1|None", "123 4 Other ")]
    [InlineData("123_4|A_STATE_OF_TOMORROW|trainer-a-1-1|None", "123 4 Other ")]
    [InlineData("123_4|REQUEUED|trainer-a-1-1|None", "123 4 Pending ")]
    [InlineData("123_4|PENDING|trainer-a-1-1|BeginTime", "123 4 Pending BeginTime")]
    [InlineData("123_[4-9]|PENDING|trainer-a-1-1|JobHeldUser", "123 4-9 Held JobHeldUser")]
    [InlineData("123_4|PD|trainer-a-1-1|JobHeldAdmin", "123 4 Held JobHeldAdmin")]
    [InlineData("123_4|PENDING|trainer-a-1-1|JobHoldMaxRequeue", "123 4 Held JobHoldMaxRequeue")]
    [InlineData("123_4|PENDING|trainer-a-1-1|launch failed requeued held", "123 4 Held launch failed requeued held")]
    [InlineData("123_4|PENDING|trainer-a-1-1|launch_failed_requeued_held", "123 4 Held launch_failed_requeued_held")]
    [InlineData("123_4|SPECIAL_EXIT|trainer-a-1-1|None", "123 4 Held ")]
    [InlineData("123_4|RH|trainer-a-1-1|None", "123 4 Held ")]
    [InlineData("123_4|PENDING|trainer-a-1-1|ReqNodeNotAvail, UnavailableNodes:n[1-3] | maintenance", "123 4 Pending ReqNodeNotAvail, UnavailableNodes:n[1-3] | maintenance")]
    [InlineData("123_4|COMPLETED|trainer-a-1-1|None", null)]
    [InlineData("123_4|CA|trainer-a-1-1|None", null)]
    [InlineData("123_4|NODE_FAIL|trainer-a-1-1|None", null)]
    [InlineData("123_4|RUNNING|trainer-a-1-10|None", null)]
    [InlineData("Welcome to the cluster | 5 nodes are down", null)]
    [InlineData("", null)]
    public void Line_MeansOneKindOfTasks(string line, string? expected)
    {
        Slurm.Tell("squeue.answer", line);
        Assert.Equal(expected is null ? [] : [expected], Ask(Name));
        Assert.Single(Slurm.Calls);
    }

    [FactOnUnix]
    public void TasksThatStandAlike_AreOneEntry()
    {
        Slurm.Tell("squeue.answer", """
            9_[11-24%8]|PENDING|trainer-a-1-1|JobArrayTaskLimit
            9_3|RUNNING|trainer-a-1-1|None
            10_1|RUNNING|trainer-a-1-2|None
            9_1|RUNNING|trainer-a-1-1|None
            9_2|RUNNING|trainer-a-1-1|None
            9_4|COMPLETING|trainer-a-1-1|None
            9_5|PENDING|trainer-a-1-1|BeginTime
            """);
        Assert.Equal(
            ["9 1-3 Running ", "9 4 Ending ", "9 5 Pending BeginTime", "9 11-24 Pending JobArrayTaskLimit", "10 1 Running "],
            Ask(Name, "trainer-a-1-2"));
    }

    [FactOnUnix]
    public void IndicesThatAreCutOff_AreAskedForAgain_TaskByTask()
    {
        Slurm.Tell("squeue.answer", """
            123_[1,3,5,7...]|PENDING|trainer-a-1-1|Resources
            123_2|RUNNING|trainer-a-1-1|None
            124_[1-4]|PENDING|trainer-a-1-2|Resources
            """);
        Slurm.Tell("squeue.array", """
            123_1|PENDING|trainer-a-1-1|Resources
            123_2|RUNNING|trainer-a-1-1|None
            123_3|PENDING|trainer-a-1-1|Resources
            123_9|PENDING|trainer-a-1-1|Resources
            """);
        Assert.Equal(
            ["123 1,3,9 Pending Resources", "123 2 Running ", "124 1-4 Pending Resources"], Ask(Name, "trainer-a-1-2"));
        Assert.Equal("squeue|--noheader|--all|--user=ada|--array|--jobs=123|--format=%i|%T|%j|%r", Slurm.Calls[^1]);
        Assert.Equal(2, Slurm.Calls.Length);
    }

    [FactOnUnix]
    public void IndicesThatStayCutOff_AreAFailure()
    {
        Slurm.Tell("squeue.answer", "123_[1,3,5,7...]|PENDING|trainer-a-1-1|Resources");
        Assert.Equal("squeue: does not say which tasks of job 123 are in the queue", Assert.Throws<SchedulerException>(() => Ask(Name)).Message);
    }

    [FactOnUnix]
    public void ArrayOfWhichSomeAreHeld_IsAskedForAgain_BecauseOneLineHasTheReasonsOfAll()
    {
        Slurm.Tell("squeue.answer", "123_[1-4%2]|PENDING|trainer-a-1-1|JobArrayTaskLimit,JobHeldUser");
        Slurm.Tell("squeue.array", """
            123_1|PENDING|trainer-a-1-1|JobArrayTaskLimit
            123_2|PENDING|trainer-a-1-1|JobHeldUser
            123_3|PENDING|trainer-a-1-1|JobHeldUser
            123_4|PENDING|trainer-a-1-1|JobArrayTaskLimit
            """);
        Assert.Equal(["123 1,4 Pending JobArrayTaskLimit", "123 2-3 Held JobHeldUser"], Ask(Name));
    }

    [TheoryOnUnix]
    [InlineData("123_[0-3]|PENDING|trainer-a-1-1|Resources")]
    [InlineData("123_x|PENDING|trainer-a-1-1|Resources")]
    [InlineData("123_[]|PENDING|trainer-a-1-1|Resources")]
    [InlineData("123_[1-3|PENDING|trainer-a-1-1|Resources")]
    [InlineData("123_1-3|PENDING|trainer-a-1-1|Resources")]
    [InlineData("123_[1-9:0]|PENDING|trainer-a-1-1|Resources")]
    [InlineData("123_[1-2000000000:2]|PENDING|trainer-a-1-1|Resources")]
    [InlineData("12a_1|PENDING|trainer-a-1-1|Resources")]
    [InlineData("|PENDING|trainer-a-1-1|Resources")]
    public void LineOfOursThatCannotBeRead_IsAFailure_NotATaskThatIsGone(string line)
    {
        Slurm.Tell("squeue.answer", line);
        Assert.Equal($"squeue: answered what is not understood: {line}", Assert.Throws<SchedulerException>(() => Ask(Name)).Message);
    }

    [FactOnUnix]
    public void IdsThatSlurmHasForgotten_AreNotThere()
    {
        Slurm.Tell("refuse.squeue", "slurm_load_jobs error: Invalid job id specified");
        Assert.Empty(Ask(Name));
    }

    [FactOnUnix]
    public void OtherFailure_IsSaidInItsWords()
    {
        Slurm.Tell("refuse.squeue", "squeue: error: Invalid user: ada");
        Assert.Equal("squeue: Invalid user: ada", Assert.Throws<SchedulerException>(() => Ask(Name)).Message);
    }

    [FactOnUnix]
    public void NameThatASiteCouldTakeForTwo_IsADefect() => Assert.Throws<ArgumentException>(() => Ask("a,b"));

    private IEnumerable<string> Ask(params IReadOnlyCollection<string> names) =>
        [.. Slurm.Client.Queue(names).Select(tasks => $"{tasks.Job} {tasks.Indices} {tasks.State} {tasks.Reason}")];
}
