using System.Globalization;
using Trainer.Charts;
using Trainer.Randomness;

namespace Trainer.Tests.Charts;

public class AxisMapTests
{
    [Theory]
    [InlineData(0, 1, "0.0 0.2 0.4 0.6 0.8 1.0")]
    [InlineData(0.17, 0.53, "0.1 0.2 0.3 0.4 0.5 0.6")]
    [InlineData(-1, 1, "−1.0 −0.5 0.0 0.5 1.0")]
    [InlineData(0.3, 2.31, "0.0 0.5 1.0 1.5 2.0 2.5")]
    [InlineData(0, 2e7, "0 5e6 1e7 1.5e7 2e7")]
    [InlineData(0, 3e-9, "0 1e-9 2e-9 3e-9")]
    public void FitRound_EndsOnRoundTicks(double minimum, double maximum, string labels) =>
        Assert.Equal(labels, Labels(AxisMap.FitRound(new Axis(), [maximum, minimum], 5)));

    [Theory]
    [InlineData(0, 20, 10, "0 2 4 6 8 10 12 14 16 18 20")]
    [InlineData(0, 20, 5, "0 5 10 15 20")]
    [InlineData(0, 2, 10, "0 1 2")]
    [InlineData(1, 30, 6, "5 10 15 20 25 30")]
    [InlineData(0, 100000, 5, "0 20000 40000 60000 80000 100000")]
    [InlineData(0, 0, 10, "0")]
    [InlineData(7, 7, 10, "7")]
    public void FitExact_PutsTicksOfAnIntegerAxisOnWholeNumbersOnly(double minimum, double maximum, int most, string labels) =>
        Assert.Equal(labels, Labels(AxisMap.FitExact(new Axis { Format = AxisFormat.Integer }, [minimum, maximum], most)));

    [Theory]
    [InlineData(0.8, 0.95, "80% 85% 90% 95%")]
    [InlineData(0.1, 1, "0% 20% 40% 60% 80% 100%")]
    [InlineData(1, 1, "90% 92% 94% 96% 98% 100%")]
    [InlineData(0.1, 0.1, "9.0% 9.5% 10.0% 10.5% 11.0%")]
    [InlineData(0.8812, 0.8819, "88.12% 88.14% 88.16% 88.18% 88.20%")]
    public void FitRound_WritesFractionsAsPercent_AndNeverBeyondAHundred(double minimum, double maximum, string labels) =>
        Assert.Equal(labels, Labels(AxisMap.FitRound(new Axis { Format = AxisFormat.Percent }, [minimum, maximum], 5)));

    [Theory]
    [InlineData(0.2, 2.3, "0.2 0.5 1 2")]
    [InlineData(0.3, 0.6, "0.3 0.4 0.5 0.6")]
    [InlineData(0.01, 100, "0.01 0.1 1 10 100")]
    [InlineData(2, 2e7, "1e2 1e4 1e6")]
    [InlineData(5, 5, "4 6 8 10")]
    public void FitRound_OnALogarithmicAxis_CountsInOnesTwosFivesOrDecades(double minimum, double maximum, string labels)
    {
        AxisMap map = AxisMap.FitRound(new Axis { Scale = AxisScale.Logarithmic }, [minimum, maximum, 0, -3], 5);
        Assert.Equal(labels, Labels(map));
        Assert.Equal(0.5, map.Fraction(Math.Sqrt(minimum * maximum)), 1e-9);
        Assert.False(map.Shows(0));
    }

    [Fact]
    public void Fit_LeavesOutWhatIsNotFinite_AndSurvivesHavingNothing()
    {
        double[] values = [double.NaN, 3, double.PositiveInfinity, 1, double.NegativeInfinity, double.MaxValue];
        Assert.Equal((1, 3), Ends(AxisMap.FitExact(new Axis(), values, 5)));
        Assert.Equal((0, 1), Ends(AxisMap.FitRound(new Axis(), [double.NaN, double.NegativeInfinity], 5)));
        Assert.Equal((0, 1), Ends(AxisMap.FitRound(new Axis(), [], 5)));
        Assert.NotEmpty(AxisMap.FitRound(new Axis { Scale = AxisScale.Logarithmic }, [0, -1], 5).Ticks);

        static (double Minimum, double Maximum) Ends(AxisMap map) => (map.Minimum, map.Maximum);
    }

    [Fact]
    public void Fit_ShowsTheBoundsOfTheAxis_WhateverTheDataSay()
    {
        AxisMap map = AxisMap.FitRound(new Axis { Minimum = 0.3, Maximum = 0.9 }, [2.3, 0.4], 5);
        Assert.InRange(map.Minimum, 0.2, 0.3);
        Assert.InRange(map.Maximum, 0.9, 1);
        Assert.True(map.Fraction(2.3) > 1);
        Assert.NotEmpty(AxisMap.FitRound(new Axis { Minimum = 5 }, [1, 2], 5).Ticks);
    }

    [Fact]
    public void Fit_GivesRoundDistinctTicksThatCoverTheData_ForAnyRange()
    {
        var generator = new Philox(1, RandomStream.Noise, 0);
        for (ulong i = 0; i < 4000; i += 4)
        {
            // Sizes and widths over hundreds of powers of ten, of either sign, some of them equal.
            double size = Math.Pow(10, generator.Below(i, 560) - 280);
            double from = (generator.Uniform(i + 1) - 0.5) * size;
            double to = from + generator.Below(i + 2, 4) * size * Math.Pow(10, -generator.Below(i + 3, 8));
            int most = 2 + (int)(i % 9);
            AxisFormat format = (AxisFormat)(i / 4 % 2);
            AssertWellFormed(AxisMap.FitRound(new Axis { Format = format }, [from, to], most), from, to, most);
            AssertWellFormed(AxisMap.FitExact(new Axis { Format = format }, [from, to], most), from, to, most);
            double low = Math.Pow(size, 0.8);
            double high = low * (1 + 9e9 * generator.Uniform(i + 2));
            AssertWellFormed(
                AxisMap.FitRound(new Axis { Scale = AxisScale.Logarithmic }, [low, high], most), low, high, most + 2);
        }
    }

    private static void AssertWellFormed(AxisMap map, double from, double to, int most)
    {
        Assert.True(double.IsFinite(map.Minimum) && double.IsFinite(map.Maximum) && map.Minimum < map.Maximum);
        const double rounding = 1e-8;
        Assert.InRange(map.Fraction(from), -rounding, 1 + rounding);
        Assert.InRange(map.Fraction(to), -rounding, 1 + rounding);
        Assert.InRange(map.Ticks.Count, 1, most + 1);
        double[] fractions = [.. map.Ticks.Select(tick => map.Fraction(tick.Value))];
        Assert.All(fractions, fraction => Assert.InRange(fraction, -rounding, 1 + rounding));
        Assert.Equal(fractions.Order(), fractions);
        Assert.Equal(map.Ticks.Count, map.Ticks.Select(tick => tick.Label).Distinct().Count());
        foreach (Tick tick in map.Ticks)
        {
            Assert.InRange(tick.Label.Length, 1, 18);
            Assert.Equal(map.Fraction(tick.Value), map.Fraction(Parse(tick.Label)), 0.01);
        }
    }

    private static double Parse(string label)
    {
        double number = double.Parse(label.Replace('−', '-').TrimEnd('%'), CultureInfo.InvariantCulture);
        return label.EndsWith('%') ? number / 100 : number;
    }

    private static string Labels(AxisMap map) => string.Join(' ', map.Ticks.Select(tick => tick.Label));
}
