using Trainer.Clusters;
using Trainer.Clusters.Slurm;

namespace Trainer.Tests.Clusters;

/// <summary>What is asked of SLURM, and what its answers mean; the programs are those of <c>tests/fake-slurm</c>.</summary>
public sealed class SlurmClientTests : IDisposable
{
    // Made by the facts that run: Windows has no use for it.
    private readonly Lazy<FakeSlurm> _slurm = new(() => new FakeSlurm());

    private FakeSlurm Slurm => _slurm.Value;

    private SlurmClient Client => Slurm.Client;

    public void Dispose()
    {
        if (_slurm.IsValueCreated)
        {
            _slurm.Value.Dispose();
        }
    }

    [TheoryOnUnix]
    [InlineData("%s")]
    [InlineData("%s;cluster")]
    [InlineData("Submitted batch job %s")]
    [InlineData("Submitted batch job %s on cluster alpha")]
    [InlineData("Welcome to the 2 clusters\\n4 jobs of yours\\n%s")]
    public void Submission_GivesTheId_HoweverSbatchSaysIt(string format)
    {
        Slurm.Tell("sbatch.format", format);
        Assert.Equal("4711", Slurm.Submit("trainer-a-1-1", "1-3"));
        Assert.Equal("4712", Slurm.Submit("trainer-a-1-2", "1-3"));
    }

    [FactOnUnix]
    public void Submission_PassesItsArguments_AndWarningsAreNoFailure()
    {
        Slurm.Tell("warn", "sbatch: warning: can't honor --ntasks-per-node");
        Assert.Equal("4711", Slurm.Submit("trainer-a-1-1", "1-3", "exec true", "--dependency=afterany:12", "--comment=two words"));
        Assert.Equal(
            [$"sbatch|--parsable|--dependency=afterany:12|--comment=two words|{Slurm.Folder["trainer-a-1-1.sh"]}"], Slurm.Calls);
    }

    [TheoryOnUnix]
    [InlineData(
        "sbatch: error: invalid partition specified: no\nsbatch: error: Batch job submission failed: Invalid partition name specified",
        "sbatch: invalid partition specified: no; Batch job submission failed: Invalid partition name specified")]
    [InlineData("sbatch: error: \u001b[31mNo\u001b[0m", "sbatch: \\u001b[31mNo\\u001b[0m")]
    public void RefusedSubmission_IsSbatchsOwnWordsInOneLine(string words, string message)
    {
        Slurm.Tell("refuse.sbatch", words);
        var failure = Assert.Throws<SchedulerException>(() => Slurm.Submit("trainer-a-1-1", "1-3"));
        Assert.Equal((message, false), (failure.Message, failure.IsUnreachable));
        Assert.Empty(Client.Queue(["trainer-a-1-1"]));
    }

    [FactOnUnix]
    public void RefusalOfManyLines_IsShortened()
    {
        Slurm.Tell("refuse.sbatch", string.Concat(Enumerable.Repeat("sbatch: error: see the rules of the site\n", 100)));
        Assert.InRange(Assert.Throws<SchedulerException>(() => Slurm.Submit("trainer-a-1-1", "1-3")).Message.Length, 100, 450);
    }

    [FactOnUnix]
    public void SubmissionWithoutAnId_IsAFailureThatMayHaveSubmitted()
    {
        Slurm.Tell("sbatch.format", "job submitted");
        var failure = Assert.Throws<SchedulerException>(() => Slurm.Submit("trainer-a-1-1", "1-3"));
        Assert.Equal(("sbatch: answered no job id: 'job submitted'", true), (failure.Message, failure.IsUnreachable));
    }

    [FactOnUnix]
    public void SubmissionThatEndsWithoutAWord_IsAFailureThatMayHaveSubmitted()
    {
        Slurm.Tell("sbatch.lost");
        var failure = Assert.Throws<SchedulerException>(() => Slurm.Submit("trainer-a-1-1", "1-3"));
        Assert.Equal(("sbatch: failed with exit code 1 and no word", true), (failure.Message, failure.IsUnreachable));
    }

    [FactOnUnix]
    public void ArrayPastTheSitesBound_IsRefused()
    {
        Slurm.Tell("MaxArraySize", "10");
        Slurm.Submit("trainer-a-1-1", "1-9");
        Assert.Contains("Invalid job array", Assert.Throws<SchedulerException>(() => Slurm.Submit("trainer-a-1-2", "1-10")).Message);
    }

    [FactOnUnix]
    public void LostAnswer_IsUnreachable_AndTheJobIsFoundByItsName()
    {
        Slurm.Tell("sbatch.lost", "sbatch: error: Batch job submission failed: Socket timed out on send/recv operation");
        Assert.True(Assert.Throws<SchedulerException>(() => Slurm.Submit("trainer-a-1-1", "1-3")).IsUnreachable);
        Assert.Equal(
            [new QueuedTasks("4711", "trainer-a-1-1", IndexRanges.Between(1, 3), QueueState.Pending, "Resources")], Client.Queue(["trainer-a-1-1"]));
    }

    public static TheoryData<string> Questions => ["sbatch", "squeue", "scontrol", "requeue", "scancel"];

    [TheoryOnUnix]
    [MemberData(nameof(Questions))]
    public void ControllerThatIsDown_IsUnreachable(string question)
    {
        Slurm.Tell("down");
        Assert.True(Assert.Throws<SchedulerException>(() => Ask(question)).IsUnreachable);
    }

    [TheoryOnUnix]
    [MemberData(nameof(Questions))]
    public void ProgramThatIsNotThere_IsSaid(string question)
    {
        string program = question == "requeue" ? "scontrol" : question;
        Slurm.Remove(program);
        var failure = Assert.Throws<SchedulerException>(() => Ask(question));
        Assert.Equal(
            ($"{program}: not found on the PATH; SLURM's programs are on a cluster's login nodes", true, false),
            (failure.Message, failure.IsMissing, failure.IsUnreachable));
    }

    [Theory]
    [InlineData("slurm_load_jobs error: Unable to contact slurm controller (connect failure)")]
    [InlineData("slurm_load_jobs error: Socket timed out on send/recv operation")]
    [InlineData("squeue: error: Connection refused")]
    [InlineData("sbatch: error: Batch job submission failed: Zero Bytes were transmitted or received")]
    [InlineData("slurm_load_jobs error: Slurm backup controller in standby mode")]
    [InlineData("squeue: fatal: Could not establish a configuration source")]
    [InlineData("Unexpected message received for job 3_1")]
    public void WordsOfAControllerThatDoesNotAnswer_AreKnown(string words) =>
        Assert.True(SlurmComplaint.Of("squeue", new ProgramResult(1, "", words)).IsUnreachable);

    [Theory]
    [InlineData("sbatch: error: Batch job submission failed: Invalid account or account/partition combination specified")]
    [InlineData("sbatch: error: Batch job submission failed: Requested node configuration is not available")]
    [InlineData("squeue: error: Invalid user: ada")]
    public void OtherWords_AreAnAnswer(string words) =>
        Assert.False(SlurmComplaint.Of("squeue", new ProgramResult(1, "", words)).IsUnreachable);

    [TheoryOnUnix]
    [InlineData("", 1001)]
    [InlineData("51", 51)]
    [InlineData("none", null)]
    public void MaxArraySize_IsWhatTheSiteSays(string size, int? expected)
    {
        if (size.Length > 0)
        {
            Slurm.Tell("MaxArraySize", size);
        }
        Assert.Equal(expected, Client.MaxArraySize());
    }

    [FactOnUnix]
    public void BoundOnTheTasksOfAnArray_CountsWhereItIsLower()
    {
        Slurm.Tell("config", "SchedulerParameters     = bf_interval=30,max_array_tasks=200,bf_continue");
        Assert.Equal(201, Client.MaxArraySize());
        Slurm.Tell("config", "SchedulerParameters     = max_array_tasks=5000");
        Assert.Equal(1001, Client.MaxArraySize());
    }

    [FactOnUnix]
    public void Requeue_NamesTheTask_AndOneThatWaitsAlreadyIsNoFailure()
    {
        string job = Slurm.Submit("trainer-a-1-1", "1-3");
        Client.Requeue(job, 2);
        Assert.Equal("scontrol|requeue|4711_2", Slurm.Calls[^1]);
        Assert.Equal("scontrol: 4799_2: Invalid job id specified", Assert.Throws<SchedulerException>(() => Client.Requeue("4799", 2)).Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("4711_3")]
    [InlineData("4711 4712")]
    [InlineData("4711,4712")]
    [InlineData("--user=ada")]
    [InlineData("\u0661")]
    [InlineData("99999999999")]
    public void WhatIsNoId_ReachesNoProgram(string job)
    {
        var client = new SlurmClient(new ProgramRunner(""), "ada");
        Assert.Throws<ArgumentException>(() => client.Requeue(job, 1));
        Assert.Throws<ArgumentException>(() => client.Accounting(["1", job]));
        Assert.Throws<ArgumentOutOfRangeException>(() => client.Requeue("4711", 0));
    }

    [FactOnUnix]
    public void Cancel_EndsJobs_ByTheirNames_AndThoseThatAreGoneAreNoFailure()
    {
        Slurm.Submit("trainer-a-1-1", "1-3");
        Slurm.Submit("trainer-b-1-1", "1-3");
        Client.Cancel(["trainer-a-1-1", "trainer-c-1-1", "trainer-a-1-1"]);
        Assert.Equal(["scancel|--user=ada|--name=trainer-a-1-1", "scancel|--user=ada|--name=trainer-c-1-1"], Slurm.Calls[2..]);
        Assert.Equal("trainer-b-1-1", Assert.Single(Client.Queue(["trainer-a-1-1", "trainer-b-1-1"])).Name);
        Slurm.Tell("scancel.strict");
        Client.Cancel(["trainer-a-1-1"]);
        int calls = Slurm.Calls.Length;
        Client.Cancel([]);
        Assert.Equal(calls, Slurm.Calls.Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("a,b")]
    [InlineData("a b")]
    public void WhatIsNoName_ReachesNoProgram(string name)
    {
        var client = new SlurmClient(new ProgramRunner(""), "ada");
        Assert.Throws<ArgumentException>(() => client.Cancel([name]));
        Assert.Throws<ArgumentException>(() => client.Queue([name]));
    }

    [FactOnUnix]
    public void CancelThatSlurmRefuses_IsAFailure()
    {
        Slurm.Tell("refuse.scancel", "scancel: error: Kill job error on job id 1: Invalid job id specified\nscancel: error: Kill job error on job id 2: Access/permission denied");
        Assert.Contains("Access/permission denied", Assert.Throws<SchedulerException>(() => Client.Cancel(["trainer-a-1-1"])).Message);
    }

    [FactOnUnix]
    public void Accounting_IsReadATaskEach()
    {
        Slurm.Tell("sacct.answer", """
            4711_1|COMPLETED|0:0|a
            4711_2|CANCELLED by 1000|0:15|a
            4711_3|OUT_OF_MEMORY|0:125|a
            4711_[5-6%2]|PENDING|0:0|a
            4712|FAILED|1:0|a|b
            4711_1.batch|COMPLETED|0:0|batch
            a line of the site
            """);
        Assert.Equal(
            [
                new AccountedTask("4711", 1, "COMPLETED", "0:0", "a"), new("4711", 2, "CANCELLED", "0:15", "a"), new("4711", 3, "OUT_OF_MEMORY", "0:125", "a"),
                new("4711", 5, "PENDING", "0:0", "a"), new("4711", 6, "PENDING", "0:0", "a"), new("4712", 0, "FAILED", "1:0", "a|b"),
            ],
            Client.Accounting(["4711", "4712"])!);
        Assert.Equal("sacct|--noheader|--parsable2|--allocations|--jobs=4711,4712|--format=JobID,State,ExitCode,JobName", Slurm.Calls[^1]);
    }

    [FactOnUnix]
    public void SiteWithoutAccounting_GivesNone()
    {
        Assert.Null(Client.Accounting(["4711"]));
        Slurm.Tell("down");
        Assert.Null(Client.Accounting(["4711"]));
        Slurm.Remove("sacct");
        Assert.Null(Client.Accounting(["4711"]));
    }

    private void Ask(string question)
    {
        Action ask = question switch
        {
            "sbatch" => () => Slurm.Submit("trainer-a-1-1", "1-3"),
            "squeue" => () => Client.Queue(["trainer-a-1-1"]),
            "scontrol" => () => Client.MaxArraySize(),
            "requeue" => () => Client.Requeue("4711", 1),
            _ => () => Client.Cancel(["trainer-a-1-1"]),
        };
        ask();
    }
}
