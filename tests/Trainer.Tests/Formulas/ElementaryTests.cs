using Trainer.Formulas;

namespace Trainer.Tests.Formulas;

public class ElementaryTests
{
    /// <summary>Every 257th bit pattern of all binary32 numbers: 16.7 million, subnormals and both signs among them.</summary>
    private const uint Stride = 257;

    /// <summary>Every 1511th, 2.8 million: a sweep of a second.</summary>
    private const uint SparseStride = 1511;

    [Fact]
    public void Exp_IsWithinItsPromise_OverAllMagnitudes() =>
        Assert.InRange(LargestError(x => Scalar.Exp(new Scalar(x)).Value, Math.Exp), 0.4, 1.1);

    [Fact]
    public void Log_IsWithinItsPromise_OverAllMagnitudes() =>
        Assert.InRange(LargestError(x => Scalar.Log(new Scalar(x)).Value, Math.Log), 0.4, 2);

    [Fact]
    public void Expm1_IsWithinItsPromise_OverAllMagnitudes() =>
        Assert.InRange(LargestError(x => Scalar.Expm1(new Scalar(x)).Value, x => Binary64.Expm1(new(x)).Value, SparseStride), 0.4, 1.3);

    [Fact]
    public void NormalCdf_IsWithinItsPromise_OverAllMagnitudes() =>
        Assert.InRange(LargestError(x => Scalar.NormalCdf(new Scalar(x)).Value, x => Binary64.NormalCdf(new(x)).Value, SparseStride), 0.4, 5);

    [Fact]
    public void NormalCdf_RightOfZero_IsWithinThreeUnits() =>
        Assert.InRange(
            LargestError(x => Scalar.NormalCdf(new Scalar(MathF.Abs(x))).Value, x => Binary64.NormalCdf(new(Math.Abs(x))).Value, SparseStride), 0.4, 3);

    [Fact]
    public void Tanh_IsWithinItsPromise_OverAllMagnitudes() =>
        Assert.InRange(LargestError(x => Elementary.Tanh(new Scalar(x)).Value, Math.Tanh, SparseStride), 0.4, 2.5);

    [Fact]
    public void Log1p_IsWithinItsPromise_OverItsDomain() =>
        Assert.InRange(
            LargestError(
                x => Elementary.Log1p(new Scalar(InDomain(x))).Value, x => Elementary.Log1p(new Binary64(InDomain((float)x))).Value, SparseStride),
            0.4, 2.5);

    /// <summary>Against figures to 17 digits from an arbitrary-precision library (mpmath 1.2): what the sweeps compare with is
    /// itself right to a few roundings.</summary>
    [Theory]
    [InlineData(-14.125, -0.99999926617848098, 1.3319992910664114e-45)]
    [InlineData(-6.5, -0.99849656080702243, 4.0160005838591178e-11)]
    [InlineData(-3.25, -0.96122579216827799, 0.00057702504239076704)]
    [InlineData(-3, -0.95021293163213606, 0.0013498980316300945)]
    [InlineData(-2.875, -0.94358386049622265, 0.0020201374899460017)]
    [InlineData(-1, -0.63212055882855768, 0.15865525393145705)]
    [InlineData(-1e-5, -9.9999500001666671e-6, 0.49999601057719605)]
    [InlineData(1e-9, 1.0000000005000001e-9, 0.50000000039894228)]
    [InlineData(0.25, 0.28402541668774148, 0.59870632568292372)]
    [InlineData(1.5, 3.4816890703380648, 0.93319279873114193)]
    [InlineData(2.96875, 18.467569918255219, 0.99850493120465060)]
    [InlineData(3.125, 21.759895093526728, 0.99911097470089157)]
    [InlineData(7, 1095.6331584284586, 0.99999999999872019)]
    public void TheReferencesInBinary64_AreRight(double x, double expm1, double normalCdf)
    {
        Assert.InRange(Math.Abs(Binary64.Expm1(new(x)).Value / expm1 - 1), 0, 1e-14);
        Assert.InRange(Math.Abs(Binary64.NormalCdf(new(x)).Value / normalCdf - 1), 0, 1e-12);
    }

    [Theory]
    [InlineData(float.NaN, float.NaN)]
    [InlineData(float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity, -1f)]
    [InlineData(89f, float.PositiveInfinity)]
    [InlineData(-17.4f, -1f)]
    [InlineData(0f, 0f)]
    [InlineData(float.Epsilon, float.Epsilon)]
    [InlineData(-1e-40f, -1e-40f)]
    public void Expm1_AtTheEdges(float x, float expected) => AssertBits(expected, Scalar.Expm1(new Scalar(x)).Value);

    [Theory]
    [InlineData(float.NaN, float.NaN)]
    [InlineData(float.PositiveInfinity, 1f)]
    [InlineData(float.NegativeInfinity, 0f)]
    [InlineData(-14.3f, 0f)]
    [InlineData(5.6f, 1f)]
    [InlineData(0f, 0.5f)]
    [InlineData(-float.Epsilon, 0.5f)]
    [InlineData(float.MaxValue, 1f)]
    [InlineData(float.MinValue, 0f)]
    public void NormalCdf_AtTheEdges(float x, float expected) => AssertBits(expected, Scalar.NormalCdf(new Scalar(x)).Value);

    [Theory]
    [InlineData(float.NaN, float.NaN)]
    [InlineData(float.PositiveInfinity, 1f)]
    [InlineData(float.NegativeInfinity, -1f)]
    [InlineData(9.1f, 1f)]
    [InlineData(0f, 0f)]
    [InlineData(float.Epsilon, float.Epsilon)]
    [InlineData(-1e-40f, -1e-40f)]
    public void Tanh_AtTheEdges(float x, float expected) => AssertBits(expected, Elementary.Tanh(new Scalar(x)).Value);

    [Fact]
    public void NegativeZero_IsAZeroToEveryFunction_AndKeepsItsSign()
    {
        var zero = new Scalar(-0f);
        AssertBits(-0f, Scalar.Expm1(zero).Value);
        AssertBits(-0f, Elementary.Tanh(zero).Value);
        AssertBits(0.5f, Scalar.NormalCdf(zero).Value);
        AssertBits(1, Scalar.Exp(zero).Value);
    }

    [Fact]
    public void Tanh_IsOdd_ToTheBit()
    {
        for (ulong pattern = 0; pattern <= int.MaxValue; pattern += SparseStride)
        {
            float x = BitConverter.UInt32BitsToSingle((uint)pattern);
            AssertBits(-Elementary.Tanh(new Scalar(x)).Value, Elementary.Tanh(new Scalar(-x)).Value);
        }
    }

    /// <summary>Between arguments that lie far enough apart for the functions to grow by more than their errors. Neighbours may come in the wrong order, by no more than those errors.</summary>
    [Fact]
    public void ExpExpm1TanhAndNormalCdf_NeverFall_BetweenArgumentsOfASweep()
    {
        Func<Scalar, Scalar>[] functions = [Scalar.Exp, Scalar.Expm1, Elementary.Tanh, Scalar.NormalCdf];
        Assert.All(functions, function =>
        {
            float last = float.NegativeInfinity;
            for (long place = -0x7F800000; place <= 0x7F800000; place += SparseStride)
            {
                float x = place < 0 ? -BitConverter.Int32BitsToSingle((int)-place) : BitConverter.Int32BitsToSingle((int)place);
                float value = function(new Scalar(x)).Value;
                Assert.True(value >= last, $"f({x:R}) = {value:R}, and {last:R} before it");
                last = value;
            }
        });
    }

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
                Check(T.Exp, Scalar.Exp);
                Check(T.Log, Scalar.Log);
                Check(T.Expm1, Scalar.Expm1);
                Check(T.NormalCdf, Scalar.NormalCdf);
                Check(Elementary.Tanh, Elementary.Tanh);
                Check(Elementary.Log1p, Elementary.Log1p);
            }

            void Check(Func<T, T> function, Func<Scalar, Scalar> scalar)
            {
                T.Store(function(T.Load(input)), output);
                for (int k = 0; k < T.Count; k++)
                {
                    AssertBits(scalar(new Scalar(input[k])).Value, output[k]);
                }
            }
        }
    }

    /// <summary>The argument, or for one that ln(1 + x) is not for, 0.</summary>
    private static float InDomain(float x) => x > -1 && float.IsFinite(x) ? x : 0;

    private static void AssertBits(float expected, float actual)
    {
        if (!(float.IsNaN(expected) && float.IsNaN(actual)))
        {
            Assert.Equal(BitConverter.SingleToInt32Bits(expected), BitConverter.SingleToInt32Bits(actual));
        }
    }

    /// <summary>Largest distance from the exact value in units of the last place of the rounded exact value.</summary>
    private static double LargestError(Func<float, float> function, Func<double, double> exact, uint stride = Stride)
    {
        double largest = 0;
        for (ulong pattern = 0; pattern <= uint.MaxValue; pattern += stride)
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
