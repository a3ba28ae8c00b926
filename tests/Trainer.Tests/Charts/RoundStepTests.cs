using Trainer.Charts;

namespace Trainer.Tests.Charts;

public class RoundStepTests
{
    [Theory]
    [InlineData(0, 1, 5, 2, -1)]
    [InlineData(0, 10, 10, 1, 0)]
    [InlineData(0, 11, 10, 2, 0)]
    [InlineData(0.3, 0.4, 2, 5, -2)]
    [InlineData(-3, 4e6, 4, 2, 6)]
    [InlineData(-1, 4e6, 6, 1, 6)]
    public void For_TakesTheSmallestOfOneTwoFiveThatFits(double minimum, double maximum, int most, int mantissa, int exponent) =>
        Assert.Equal(new RoundStep(mantissa, exponent), RoundStep.For(minimum, maximum, most, whole: false));

    [Fact]
    public void At_IsTheDecimalNumberItself() => Assert.Equal(
        [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7], Enumerable.Range(1, 7).Select(i => new RoundStep(1, -1).At(i)));

    [Theory]
    [InlineData(0.3, 3, 3)]
    [InlineData(0.1 + 0.2, 3, 3)]
    [InlineData(0.34, 3, 4)]
    [InlineData(-0.04, -1, 0)]
    public void BelowAndAbove_CountAHairBesideATickAsTheTick(double value, double below, double above)
    {
        var step = new RoundStep(1, -1);
        Assert.Equal(below, step.Below(value));
        Assert.Equal(above, step.Above(value));
        Assert.False(double.IsNegative(step.Above(-0.04)), "minus zero would be written with its sign");
    }

    [Fact]
    public void Previous_UndoesNext()
    {
        var step = new RoundStep(1, -3);
        for (int i = 0; i < 20; i++)
        {
            Assert.Equal(step, step.Next().Previous());
            Assert.True(step.Next().At(1) > step.At(1));
            step = step.Next();
        }
        Assert.Equal(new RoundStep(5, 3), step);
    }
}
