using Trainer.Benchmarks.Racing;

namespace Trainer.Tests.Benchmarks;

public class SpreadTests
{
    [Fact]
    public void OfNothing_ThereIsNone() => Assert.Null(Spread.Of([]));

    [Fact]
    public void OfOneValue_ItIsThatValue() => Assert.Equal(new Spread(3, 3, 3), Spread.Of([3]));

    [Fact]
    public void OfFewValues_ItReachesFromEndToEnd() => Assert.Equal(new Spread(2.5, 1, 9), Spread.Of([9, 2, 1, 3]));

    [Fact]
    public void OfFiveValuesAndMore_ItIsTheQuartiles()
    {
        Assert.Equal(new Spread(3, 2, 4), Spread.Of([5, 1, 4, 2, 3]));
        Assert.Equal(new Spread(3.5, 2.25, 4.75), Spread.Of([6, 5, 1, 4, 2, 3]));
    }
}
