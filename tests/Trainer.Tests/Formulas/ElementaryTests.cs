using Trainer.Formulas;

namespace Trainer.Tests.Formulas;

public class ElementaryTests
{
    /// <summary>Every 257th bit pattern of all binary32 numbers: 16.7 million, subnormals and both signs among them.</summary>
    private const uint Stride = 257;

    [Fact]
    public void Exp_IsWithinItsPromise_OverAllMagnitudes() =>
        Assert.InRange(LargestError(x => Scalar.Exp(new Scalar(x)).Value, Math.Exp), 0.4, 1.1);

    [Fact]
    public void Log_IsWithinItsPromise_OverAllMagnitudes() =>
        Assert.InRange(LargestError(x => Scalar.Log(new Scalar(x)).Value, Math.Log), 0.4, 2);

    [Theory]
    [InlineData(float.NaN, float.NaN)]
    [InlineData(float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity, 0f)]
    [InlineData(89f, float.PositiveInfinity)]
    [InlineData(-105f, 0f)]
    [InlineData(0f, 1f)]
    public void Exp_AtTheEdges(float x, float expected) => Assert.Equal(expected, Scalar.Exp(new Scalar(x)).Value);

    [Theory]
    [InlineData(float.NaN, float.NaN)]
    [InlineData(float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData(0f, float.NegativeInfinity)]
    [InlineData(-1f, float.NaN)]
    [InlineData(float.NegativeInfinity, float.NaN)]
    [InlineData(1f, 0f)]
    public void Log_AtTheEdges(float x, float expected) => Assert.Equal(expected, Scalar.Log(new Scalar(x)).Value);

    [Fact]
    public unsafe void EveryWidth_GivesTheBitsOfScalar()
    {
        AssertSame<Lanes128>();
        AssertSame<Lanes256>();
        AssertSame<Lanes512>();

        static void AssertSame<T>()
            where T : struct, ILanes<T>
        {
            float* input = stackalloc float[T.Count];
            float* output = stackalloc float[T.Count];
            for (ulong pattern = 0; pattern <= uint.MaxValue; pattern += (ulong)(100_003 * T.Count))
            {
                for (int k = 0; k < T.Count; k++)
                {
                    input[k] = BitConverter.UInt32BitsToSingle((uint)(pattern + (ulong)(100_003 * k)));
                }
                T.Store(T.Exp(T.Load(input)), output);
                for (int k = 0; k < T.Count; k++)
                {
                    AssertBits(Scalar.Exp(new Scalar(input[k])).Value, output[k]);
                }
                T.Store(T.Log(T.Load(input)), output);
                for (int k = 0; k < T.Count; k++)
                {
                    AssertBits(Scalar.Log(new Scalar(input[k])).Value, output[k]);
                }
            }
        }
    }

    private static void AssertBits(float expected, float actual)
    {
        if (!(float.IsNaN(expected) && float.IsNaN(actual)))
        {
            Assert.Equal(BitConverter.SingleToInt32Bits(expected), BitConverter.SingleToInt32Bits(actual));
        }
    }

    /// <summary>Largest distance from the exact value in units of the last place of the rounded exact value.</summary>
    private static double LargestError(Func<float, float> function, Func<double, double> exact)
    {
        double largest = 0;
        for (ulong pattern = 0; pattern <= uint.MaxValue; pattern += Stride)
        {
            float x = BitConverter.UInt32BitsToSingle((uint)pattern);
            double expected = exact(x);
            float rounded = (float)expected;
            float actual = function(x);
            if (!float.IsFinite(rounded))
            {
                Assert.True(actual.Equals(rounded), $"f({x:R}) = {actual:R}, not {rounded:R}");
                continue;
            }
            double unit = MathF.BitIncrement(MathF.Abs(rounded)) - (double)MathF.Abs(rounded);
            double error = Math.Abs(actual - expected) / unit;
            Assert.True(error < 100, $"f({x:R}) = {actual:R}, not {expected:R}");
            largest = Math.Max(largest, error);
        }
        return largest;
    }
}
