using System.Collections.Concurrent;
using Trainer.Engines.Cpu;

namespace Trainer.Tests.Engines.Cpu;

public class WorkQueueTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 10)]
    [InlineData(2, 1)]
    [InlineData(2, 98)]
    [InlineData(3, 98)]
    [InlineData(8, 5)]
    [InlineData(8, 1000)]
    public void EveryUnit_IsClaimedOnce_HoweverManyThreadsClaim(int threads, int units)
    {
        var queue = new WorkQueue(threads);
        using var team = new ThreadTeam(threads);
        for (int round = 0; round < 20; round++)
        {
            queue.Fill(units);
            var claimed = new ConcurrentBag<int>();
            team.Run(
                thread =>
                {
                    for (int unit; (unit = queue.Claim(thread)) >= 0;)
                    {
                        claimed.Add(unit);
                    }
                },
                threads);
            Assert.Equal(Enumerable.Range(0, units), claimed.Order());
        }
    }

    [Fact]
    public void TheLastFew_AreLeftToTheirOwner()
    {
        var queue = new WorkQueue(2);
        queue.Fill(64);
        int[] thief = [.. Enumerable.Range(0, 60).Select(_ => queue.Claim(1))];
        Assert.Equal([.. Enumerable.Range(32, 32), .. Enumerable.Range(0, 28)], thief);
        Assert.Equal(-1, queue.Claim(1));
        Assert.Equal([28, 29, 30, 31, -1], Enumerable.Range(0, 5).Select(_ => queue.Claim(0)));
    }

    [Fact]
    public void AThread_TakesItsOwnUnitsFirst_AndThenTheOthers()
    {
        var queue = new WorkQueue(2);
        queue.Fill(6);
        int[] all = [.. Enumerable.Range(0, 7).Select(_ => queue.Claim(1))];
        Assert.Equal([3, 4, 5, 0, 1, 2, -1], all);
        Assert.Equal(-1, queue.Claim(0));
    }
}
