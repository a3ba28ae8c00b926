using Trainer.GradientChecks;

namespace Trainer.Tests.GradientChecks;

/// <summary>A corner within the step is told from a smooth place, wherever it lies.</summary>
public class SecondLookTests
{
    private const double Step = 1e-6;

    public static TheoryData<double> Places() => [.. Enumerable.Range(-19, 39).Select(k => k / 20.0)];

    [Theory]
    [MemberData(nameof(Places))]
    public void Corner_WithinTheStep_IsFound(double place)
    {
        Assert.True(Look(w => Math.Sin(w) + 0.3 * Math.Max(0, w - 0.7 - place * Step)).IsCorner);
        Assert.True(Look(w => Math.Sin(w) + 0.3 * Math.Abs(w - 0.7 - place * Step)).IsCorner);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Jump_WithinTheStep_IsFound(double place) =>
        Assert.True(Look(w => Math.Sin(w) + (w > 0.7 + place * Step ? 2e-9 : 0)).IsCorner);

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(1000)]
    public void SmoothPlace_IsNone_HoweverBent(double frequency)
    {
        SecondLook look = Look(w => Math.Sin(frequency * w));
        Assert.False(look.IsCorner);
        Assert.InRange(look.Slope.ErrorOf(frequency * Math.Cos(frequency * 0.7)), 0, GradientCheck.Tolerance);
    }

    [Fact]
    public void Corner_OutsideTheStep_IsNone() => Assert.False(Look(w => Math.Max(0, w - 0.7 - 1.01 * Step)).IsCorner);

    private static SecondLook Look(Func<double, double> loss) => SecondLook.At(
        loss(0.7), loss(0.7 + Step), loss(0.7 - Step), loss(0.7 + Step / 2), loss(0.7 - Step / 2), Step);
}
