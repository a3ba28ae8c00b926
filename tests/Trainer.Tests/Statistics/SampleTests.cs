using Trainer.Statistics;

namespace Trainer.Tests.Statistics;

public class SampleTests
{
    [Fact]
    public void MeanAndVariance_AreThoseOfTheTextbook()
    {
        var sample = Sample.Of([2, 4, 4, 4, 5, 5, 7, 9]);
        Assert.Equal((8, 5.0), (sample.Count, sample.Mean));
        Assert.Equal(32.0 / 7, sample.Variance!.Value, 1e-15);
    }

    [Fact]
    public void Variance_OfFarOffNumbers_DoesNotCancel() => Assert.Equal(1, Sample.Of([1e9 + 1, 1e9 + 2, 1e9 + 3]).Variance);

    [Fact]
    public void EqualNumbers_HaveThatMeanAndNoSpread()
    {
        Assert.Equal(new Sample(3, 0.1, 0), Sample.Of([0.1, 0.1, 0.1]));
        Assert.Equal(new Sample(1, 0.1, null), Sample.Of([0.1]));
    }
}
