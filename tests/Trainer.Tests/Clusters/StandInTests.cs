using Trainer.Clusters.Slurm;

namespace Trainer.Tests.Clusters;

/// <summary>The stand-in for a cluster's nodes does what the tests of sweeps count on.</summary>
public sealed class StandInTests
{
    [FactOnUnix]
    public void Tasks_RunWithSlurmsVariables_AndAreGoneFromTheQueueAfterwards()
    {
        using var slurm = new FakeSlurm();
        slurm.Submit("a", "1-5%2", "exec /bin/sh -c 'echo $SLURM_ARRAY_JOB_ID $SLURM_ARRAY_TASK_ID ${SLURM_RESTART_COUNT-first} $SLURM_CPUS_PER_TASK'");
        Run(slurm);
        Assert.Equal(
            Enumerable.Range(1, 5).Select(index => $"4711 {index} first 1\n"),
            Enumerable.Range(1, 5).Select(index => File.ReadAllText(slurm.Folder[$"4711_{index}.log"])));
        Assert.Equal(5, File.ReadAllLines(slurm.State("jobs", "4711", "exits")).Length);
        Assert.Empty(slurm.Client.Queue(["a"]));
    }

    [FactOnUnix]
    public void RequeuedTask_RunsAgain_WithAHigherRestartCount_AndAppendsToItsLog()
    {
        using var slurm = new FakeSlurm();
        slurm.Submit("a", "1-3", $$"""
            echo $SLURM_ARRAY_TASK_ID ${SLURM_RESTART_COUNT-first}
            trap '' TERM
            if [ $SLURM_ARRAY_TASK_ID = 2 ] && [ "${SLURM_RESTART_COUNT-}" != 2 ]; then
                '{{slurm.Programs}}/scontrol' requeue $SLURM_ARRAY_JOB_ID\_2
                exit 85
            fi
            """);
        Run(slurm);
        Assert.Equal("2 first\n2 1\n2 2\n", File.ReadAllText(slurm.Folder["4711_2.log"]));
        Assert.Equal(
            ["1 0 0", "2 0 2", "2 85 0", "2 85 1", "3 0 0"], File.ReadAllLines(slurm.State("jobs", "4711", "exits")).Order(StringComparer.Ordinal));
    }

    [FactOnUnix]
    public void RunningAndWaitingTasks_AreInTheQueue_AndACancelledArrayEnds()
    {
        using var slurm = new FakeSlurm();
        // The first task shows the queue as soon as the second is at work, and cancels all.
        string job = slurm.Submit("a", "1-9%2", $"""
            trap 'kill $!; exit 3' TERM
            sleep 300 &
            : >'{slurm.Folder["ready"]}'$SLURM_ARRAY_TASK_ID
            if [ $SLURM_ARRAY_TASK_ID = 1 ]; then
                until [ -e '{slurm.Folder["ready2"]}' ] && [ "$('{slurm.Programs}/squeue' '--format=%i|%T|%j|%r' | grep -c RUNNING)" = 2 ]; do :; done
                '{slurm.Programs}/squeue' '--format=%i|%T|%j|%r'
                '{slurm.Programs}/scancel' 4711
            fi
            wait
            """);
        Run(slurm);
        Assert.Equal(
            ["4711_1|RUNNING|a|None", "4711_2|RUNNING|a|None", "4711_[3-9%2]|PENDING|a|Resources"],
            File.ReadAllLines(slurm.Folder[$"{job}_1.log"]).Order(StringComparer.Ordinal));
        Assert.Equal(["1 3 0", "2 3 0"], File.ReadAllLines(slurm.State("jobs", job, "exits")).Order(StringComparer.Ordinal));
    }

    [FactOnUnix]
    public void ArrayThatDependsOnAnother_WaitsForIt()
    {
        using var slurm = new FakeSlurm();
        string body = $"echo $SLURM_ARRAY_JOB_ID >>'{slurm.Folder["order"]}'";
        slurm.Submit("a", "1-3%1", body);
        slurm.Submit("b", "1-3%1", body, "--dependency=afterany:4711");
        Run(slurm);
        Assert.Equal(["4711", "4711", "4711", "4712", "4712", "4712"], File.ReadAllLines(slurm.Folder["order"]));
    }

    private static void Run(FakeSlurm slurm) =>
        Assert.Equal(new ProgramResult(0, "", ""), slurm.Runner.Run("run-tasks", ["4"], TimeSpan.FromMinutes(2), CancellationToken.None));
}
