using Trainer.Statistics;

namespace Trainer.Tests.Statistics;

public class HolmCorrectionTests
{
    /// <summary>In order: 4 · 0.005, 3 · 0.01, 2 · 0.03, and 0.04, which must not fall below its predecessor's 0.06.</summary>
    [Fact]
    public void Adjusted_IsTheStepDownMaximum()
    {
        double[] adjusted = HolmCorrection.Adjust([0.01, 0.04, 0.03, 0.005]);
        Assert.Equal([0.03, 0.06, 0.06, 0.02], adjusted.Select(p => Math.Round(p, 12)));
    }

    [Fact]
    public void Adjusted_IsAtMostOne_AndASingleOneStays()
    {
        Assert.Equal([1, 1, 1], HolmCorrection.Adjust([0.5, 0.9, 0.4]));
        Assert.Equal([0.03], HolmCorrection.Adjust([0.03]));
        Assert.Empty(HolmCorrection.Adjust([]));
    }
}
