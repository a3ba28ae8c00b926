using Trainer.Engines.Cpu;
using Trainer.Networks;

namespace Trainer.Tests.Engines.Cpu;

public class ThreadCountTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(64, 8)]
    public void ASmallStep_IsMadeByFewerThreads(int batchSize, int threads) =>
        Assert.Equal(threads, ThreadCount.For(new MlpShape(784, 128, 64, 10), batchSize, 8));

    [Fact]
    public void Threads_NeverExceedThoseThereAre_NorFallBelowOne()
    {
        Assert.Equal(3, ThreadCount.For(new MlpShape(784, 4096, 4096, 10), 60_000, 3));
        Assert.Equal(1, ThreadCount.For(new MlpShape(1, 1, 1), 1, 3));
    }
}
