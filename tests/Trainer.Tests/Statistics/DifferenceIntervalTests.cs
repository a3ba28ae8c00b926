using Trainer.Statistics;

namespace Trainer.Tests.Statistics;

public class DifferenceIntervalTests
{
    private const double Rounding = 1e-14;

    /// <summary>d̄ ± t s/√n in NumPy, with t by scipy.special.betaincinv (SciPy 1.10.1, whose own stats.t.ppf is off by 1e-9).</summary>
    [Fact]
    public void Paired_IsThatOfSciPy()
    {
        DifferenceInterval? interval = DifferenceInterval.Paired(Numbers.Differences, 0.05);
        Assert.Equal(-0.011666551134101241, interval!.Value.Low, Rounding);
        Assert.Equal(0.0033808368483869804, interval.Value.High, Rounding);
        Assert.True(interval.Value.HoldsZero);
    }

    /// <summary>Welch's formulas in NumPy, with t by scipy.special.betaincinv (SciPy 1.10.1): ν = 9.9357.</summary>
    [Fact]
    public void Welch_IsThatOfSciPy()
    {
        DifferenceInterval? interval = DifferenceInterval.Welch(Numbers.Relu, Numbers.Sigmoid, 0.05);
        Assert.Equal(0.04565203778204388, interval!.Value.Low, Rounding);
        Assert.Equal(0.06814224793224208, interval.Value.High, Rounding);
        Assert.False(interval.Value.HoldsZero);
    }

    [Fact]
    public void Interval_OfSingleNumbers_IsNone_AndWithoutSpreadHasNoWidth()
    {
        Assert.Null(DifferenceInterval.Paired([0.5], 0.05));
        Assert.Null(DifferenceInterval.Welch([0.5], [0.4, 0.3], 0.05));
        Assert.Equal(new DifferenceInterval(0.1, 0.1), DifferenceInterval.Paired([0.1, 0.1, 0.1], 0.05));
    }
}
