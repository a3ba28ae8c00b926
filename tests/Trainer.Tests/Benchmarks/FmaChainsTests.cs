using Trainer.Benchmarks.Machine;
using Trainer.Formulas;

namespace Trainer.Tests.Benchmarks;

public class FmaChainsTests
{
    [Fact]
    public void EveryChain_EndsAtItsFixedPoint_InEveryLane() =>
        Assert.Equal(FmaChains.Count * 0.5f * Lanes128.Count, FmaChains.Run<Lanes128>(200), 1e-4f);

    [Fact]
    public void ARound_IsTwoOperationsForEachLaneOfEachChain() =>
        Assert.Equal(2.0 * 4 * FmaChains.Count * 10, FmaChains.Operations<Lanes128>(10));
}
