using Trainer.Formulas;

namespace Trainer.Tests.Formulas;

public class Elementary64Tests
{
    // Half of the last place of 1 in binary64.
    private const double Unit = 1.1102230246251565e-16;

    /// <summary>Relative, against the machine's own functions, which err by less than 2 units. Against numbers of 200 bits
    /// 4.7 units at most were seen in HalfWave, 1.4 in Exp and 2.0 in Log, at 2,000 places each.</summary>
    private const double Tolerance = 8 * Unit;

    private static IEnumerable<double> Places => Enumerable.Range(0, 10_001).Select(k => k / 10_000.0);

    [Fact]
    public void HalfWave_IsHalfOfOnePlusTheCosine_WithoutCancellation()
    {
        foreach (double x in Places.Where(x => x < 1))
        {
            // cos²(πx/2); sin of the rest where that is small, as the machine's cosine is not exact about a rounded π/2.
            double root = x <= 0.5 ? Math.Cos(0.5 * Math.PI * x) : Math.Sin(0.5 * Math.PI * (1 - x));
            Assert.Equal(root * root, Elementary64.HalfWave(x), root * root * Tolerance);
            Assert.Equal(0.5 * (1 + Math.Cos(Math.PI * x)), Elementary64.HalfWave(x), 4 * Unit);
        }
        Assert.Equal((1, 0), (Elementary64.HalfWave(0), Elementary64.HalfWave(1)));
        Assert.Equal(0.5, Elementary64.HalfWave(0.5), Unit);
    }

    [Fact]
    public void HalfWave_NeverRises()
    {
        double[] values = [.. Places.Select(Elementary64.HalfWave)];
        Assert.All(values.Zip(values.Skip(1)), pair => Assert.True(pair.First > pair.Second));
    }

    [Theory]
    [InlineData(-1e-300)]
    [InlineData(1.0000000000000002)]
    [InlineData(double.NaN)]
    public void HalfWave_OutsideItsInterval_IsRefused(double x) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Elementary64.HalfWave(x));

    [Fact]
    public void Exp_AndLog_MatchTheMachines()
    {
        foreach (double x in Places.Select(place => 1400 * place - 700))
        {
            Assert.Equal(Math.Exp(x), Elementary64.Exp(x), Math.Exp(x) * Tolerance);
        }
        foreach (double x in Places.Select(place => Math.Exp(1400 * place - 700)))
        {
            Assert.Equal(Math.Log(x), Elementary64.Log(x), Math.Abs(Math.Log(x)) * Tolerance + Unit);
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => Elementary64.Exp(701));
        Assert.Throws<ArgumentOutOfRangeException>(() => Elementary64.Exp(double.NaN));
    }

    [Fact]
    public void SineAndCosine_MatchTheMachines_AndAreExactAtQuarterTurns()
    {
        foreach (double degrees in Places.Select(place => 720 * place - 360))
        {
            (double sine, double cosine) = Elementary64.SineAndCosine(degrees);
            // The machine's angle is rounded, by up to 2 units of it.
            double angle = degrees * (Math.PI / 180);
            Assert.Equal(Math.Sin(angle), sine, (4 + 2 * Math.Abs(angle)) * Unit);
            Assert.Equal(Math.Cos(angle), cosine, (4 + 2 * Math.Abs(angle)) * Unit);
        }
        (double, double)[] quarters = [(0, 1), (1, 0), (0, -1), (-1, 0)];
        for (int turns = -4; turns <= 4; turns++)
        {
            Assert.Equal(quarters[turns & 3], Elementary64.SineAndCosine(90 * turns));
        }
        Assert.Equal(0.5, Elementary64.SineAndCosine(30).Sine, Unit);
        Assert.Throws<ArgumentOutOfRangeException>(() => Elementary64.SineAndCosine(360.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Elementary64.SineAndCosine(double.NaN));
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(2.5)]
    [InlineData(16)]
    public void Power_MatchesTheMachines(double exponent)
    {
        foreach (double x in Places.Where(x => x > 0))
        {
            double expected = Math.Pow(x, exponent);
            Assert.Equal(expected, Elementary64.Power(x, exponent), expected * Tolerance * (1 + exponent * Math.Abs(Math.Log(x))));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void Power_OfAWholeNumber_IsMultiplication(int exponent) =>
        Assert.Equal(WholePower.Of(0.3, exponent), Elementary64.Power(0.3, exponent));

    [Theory]
    [InlineData("4042800000000000")]
    public void SineAndCosine_HaveTheSameBitsOnEveryMachine(string degrees)
    {
        (double sine, double cosine) = Elementary64.SineAndCosine(BitConverter.Int64BitsToDouble(Convert.ToInt64(degrees, 16)));
        Assert.Equal(("3FE342119455BEB6", "3FE98E6C0EA27A14"), (Hexadecimal(sine), Hexadecimal(cosine)));
    }

    [Theory]
    [InlineData("3FD5555555555555", "3FE8000000000001", "3FD7CF854C3B60BA", "BFF193EA7AAD030A")]
    public void Bits_AreTheSameOnEveryMachine(string place, string halfWave, string power, string log)
    {
        double x = BitConverter.Int64BitsToDouble(Convert.ToInt64(place, 16));
        Assert.Equal(halfWave, Hexadecimal(Elementary64.HalfWave(x)));
        Assert.Equal(power, Hexadecimal(Elementary64.Power(x, 0.9)));
        Assert.Equal(log, Hexadecimal(Elementary64.Log(x)));
    }

    private static string Hexadecimal(double value) => BitConverter.DoubleToInt64Bits(value).ToString("X16");
}
