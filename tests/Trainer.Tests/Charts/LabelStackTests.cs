using Trainer.Charts;
using Trainer.Randomness;

namespace Trainer.Tests.Charts;

public class LabelStackTests
{
    [Theory]
    [InlineData("10 50 90", "10 50 90")]
    [InlineData("50 50", "45 55")]
    [InlineData("50 52 54", "42 52 62")]
    [InlineData("54 50 52", "62 42 52")]
    [InlineData("0 0 0", "0 10 20")]
    [InlineData("100 99", "100 90")]
    [InlineData("-30 400", "0 100")]
    public void Place_MovesLabelsApartAroundTheirMean_AndInside(string wanted, string expected) =>
        Assert.Equal(Numbers(expected), LabelStack.Place(Numbers(wanted), 10, 0, 100));

    [Fact]
    public void Place_KeepsOrderSpacingAndBounds_AndIsNoFartherThanAnyTrial()
    {
        var generator = new Philox(2, RandomStream.Noise, 0);
        ulong index = 0;
        for (int round = 0; round < 300; round++)
        {
            double[] wanted = [.. Enumerable.Range(0, 1 + round % 10).Select(_ => 140.0 * generator.Uniform(index++) - 20)];
            double[] places = LabelStack.Place(wanted, 10, 0, 100);
            AssertFeasible(wanted, places);
            double best = Distance(wanted, places);
            for (int trial = 0; trial < 30; trial++)
            {
                double[] other = [.. places.Select(place => place + 2.0 * generator.Uniform(index++) - 1)];
                if (IsFeasible(wanted, other))
                {
                    Assert.True(Distance(wanted, other) >= best - 1e-9);
                }
            }
        }
    }

    [Fact]
    public void Place_Refuses_WhenTheLabelsDoNotFit() =>
        Assert.Throws<ArgumentException>(() => LabelStack.Place(new double[12], 10, 0, 100));

    private static void AssertFeasible(double[] wanted, double[] places) => Assert.True(
        IsFeasible(wanted, places), $"[{string.Join(", ", wanted)}] -> [{string.Join(", ", places)}]");

    private static bool IsFeasible(double[] wanted, double[] places)
    {
        const double rounding = 1e-9;
        double[] inOrder = [.. places.Zip(wanted).OrderBy(pair => pair.Second).Select(pair => pair.First)];
        return places.All(place => place is >= -rounding and <= 100 + rounding)
            && inOrder.Zip(inOrder.Skip(1)).All(pair => pair.Second - pair.First >= 10 - rounding);
    }

    private static double Distance(double[] wanted, double[] places) =>
        wanted.Zip(places).Sum(pair => Math.Pow(pair.First - pair.Second, 2));

    private static double[] Numbers(string text) =>
        [.. text.Split(' ').Select(number => double.Parse(number, System.Globalization.CultureInfo.InvariantCulture))];
}
