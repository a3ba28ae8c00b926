using Trainer.Engines.Cpu;

namespace Trainer.Tests.Engines.Cpu;

public class SpinBarrierTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void NobodyPasses_BeforeAllHaveCome(int participants)
    {
        const int phases = 500;
        var barrier = new SpinBarrier(participants);
        using var team = new ThreadTeam(participants);
        int[] arrived = new int[phases];
        int tooEarly = 0;
        team.Run(
            thread =>
            {
                for (int phase = 0; phase < phases; phase++)
                {
                    Interlocked.Increment(ref arrived[phase]);
                    barrier.Wait();
                    if (Volatile.Read(ref arrived[phase]) != participants)
                    {
                        Interlocked.Increment(ref tooEarly);
                    }
                }
            },
            participants);
        Assert.Equal(0, tooEarly);
        Assert.All(arrived, count => Assert.Equal(participants, count));
    }

    [Fact]
    public void WhoeverWaitsLong_Sleeps_AndIsWoken()
    {
        var barrier = new SpinBarrier(2);
        var sleeper = new Thread(barrier.Wait);
        sleeper.Start();
        // Spinning lasts well below a millisecond; a thread that sleeps says so.
        SpinWait.SpinUntil(() => sleeper.ThreadState.HasFlag(ThreadState.WaitSleepJoin), TimeSpan.FromMinutes(1));
        Assert.True(sleeper.ThreadState.HasFlag(ThreadState.WaitSleepJoin));
        barrier.Wait();
        Assert.True(sleeper.Join(TimeSpan.FromMinutes(1)));
    }
}
