using Trainer.Comparisons;

namespace Trainer.Tests.Comparisons;

public class SpreadTextTests
{
    private static readonly ComparedColumn Loss = new("test_loss", "test loss", false, false, _ => null);

    [Theory]
    [InlineData(0.41234, 0.0432, "0.412 ± 0.043")]
    [InlineData(0.41234, 0.0132, "0.412 ± 0.013")]
    [InlineData(0.41234, 0.0196, "0.412 ± 0.020")]
    [InlineData(0.41234, 0.1, "0.41 ± 0.10")]
    [InlineData(0.41234, 0.0996, "0.41 ± 0.10")]
    [InlineData(-0.0004, 0.0432, "0.000 ± 0.043")]
    [InlineData(123.4, 45.6, "123 ± 46")]
    [InlineData(5.25, 1.5, "5.2 ± 1.5")]
    [InlineData(0.5, 1e-12, "0.500000 ± 0.000000")]
    [InlineData(5, 0.0, "5 ± 0")]
    public void Mean_IsRoundedToThePlaceOfItsDeviation(double mean, double deviation, string expected) =>
        Assert.Equal(expected, SpreadText.Of(new Spread(3, mean, deviation, 0, 1), Loss));

    [Fact]
    public void Fractions_StandInPercent() =>
        Assert.Equal("87.91 ± 0.61", SpreadText.Of(new Spread(3, 0.87912, 0.00612, 0, 1), FixedGroups.Column));

    [Fact]
    public void Fractions_HaveADigitThatImagesShow() =>
        Assert.Equal("87.912 ± 0.007", SpreadText.Of(new Spread(3, 0.87912, 0.0000712, 0, 1), FixedGroups.Column));

    [Fact]
    public void Numbers_StandBelowEachOther() => Assert.Equal(
        ["88.74 ±  0.51         ", " 9.1  ± 10.3          ", "70                    ", "-", "90    ±  0    (2 of 3)"],
        MeanText.Aligned([new("88.74", "0.51"), new("9.1", "10.3"), new("70", null), new("-", null), new("90", "0", " (2 of 3)")], ' ', ' '));

    [Fact]
    public void OneRun_HasNoDeviation()
    {
        Assert.Equal("87.91", SpreadText.Of(new Spread(1, 0.87912, null, 0, 1), FixedGroups.Column));
        Assert.Equal("0.4123", SpreadText.Of(new Spread(1, 0.41234, null, 0, 1), Loss));
        Assert.Equal("109386", SpreadText.Of(new Spread(1, 109386, null, 0, 1), Loss));
    }
}
