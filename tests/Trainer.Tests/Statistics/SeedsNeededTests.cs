using Trainer.Statistics;

namespace Trainer.Tests.Statistics;

public class SeedsNeededTests
{
    // The formula takes the two quantiles apart where the exact power has one non-central distribution.
    private const int Near = 1;

    /// <summary>The least n whose power by the non-central t distribution (scipy.stats.nct of SciPy 1.10.1) reaches 0.8.</summary>
    [Theory]
    [InlineData(0.05, 0.2, 199, 394)]
    [InlineData(0.05, 0.3, 90, 176)]
    [InlineData(0.05, 0.5, 34, 64)]
    [InlineData(0.05, 0.8, 15, 26)]
    [InlineData(0.05, 1, 10, 17)]
    [InlineData(0.05, 1.2, 8, 12)]
    [InlineData(0.005, 0.2, 337, 668)]
    [InlineData(0.005, 0.5, 58, 109)]
    [InlineData(0.005, 1, 18, 29)]
    [InlineData(0.005, 1.2, 14, 21)]
    public void Number_HasTheAskedPower(double alpha, double effect, int pairs, int each)
    {
        var needed = new SeedsNeeded(alpha);
        Assert.InRange(needed.Pairs(effect, 1)!.Value, pairs - Near, pairs + Near);
        Assert.InRange(needed.Each(effect, 2)!.Value, each - Near, each + Near);
    }

    [Fact]
    public void Least_IsWhatTheExactTestCanReach()
    {
        var needed = new SeedsNeeded(0.05);
        Assert.Equal(6, needed.LeastPairs);
        Assert.Equal(4, needed.LeastEach);
        Assert.Equal(6, needed.Pairs(100, 1));
        Assert.Equal(4, needed.Each(100, 1));
        Assert.Equal(8, new SeedsNeeded(0.05 / 6).LeastPairs);
    }

    [Fact]
    public void NoDifference_CannotBeTold()
    {
        var needed = new SeedsNeeded(0.05);
        Assert.Null(needed.Pairs(0, 1));
        Assert.Null(needed.Pairs(0, 0));
        Assert.Null(needed.Each(1e-9, 1));
        Assert.Equal(6, needed.Pairs(0.1, 0));
    }
}
