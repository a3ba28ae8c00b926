namespace Trainer.Formulas;

/// <summary>
/// Elementary functions in binary64 for what the host decides (learning rates, normal numbers): + − · / alone, each rounded by
/// itself and in the order written, because a library's cos, log and pow differ between machines in their last bits.
/// </summary>
public static class Elementary64
{
    private const double Ln2 = 0.6931471805599453;

    // ln 2 as a sum whose first part has 21 zero bits at its end, so that a whole number below 2²⁰ times it is exact.
    private const double Ln2High = 0.6931471803691238;
    private const double Ln2Low = 1.9082149292705877e-10;

    /// <summary>
    /// ½(1 + cos πx) for 0 ≤ x ≤ 1, from 1 down to 0, computed as cos²(πx/2), which loses nothing where the sum would cancel.
    /// With y = πx/2 ≤ π/4 it is cos² y, beyond that sin² of π(1 − x)/2, by the Taylor polynomials up to y¹⁶ and y¹⁷ (remainders
    /// below 1e-17): a relative error of at most 5 · 2⁻⁵³ was seen.
    /// </summary>
    public static double HalfWave(double x)
    {
        if (!(x is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(x), x, "a place from 0 to 1 is needed");
        }
        // 1 − x is exact from ½ on.
        double y = 0.5 * Math.PI * (x <= 0.5 ? x : 1 - x);
        double value = x <= 0.5 ? Series(y * y, 1, firstFactor: 1) : Series(y * y, y, firstFactor: 2);
        return value * value;
    }

    /// <summary>
    /// The sine and the cosine of an angle in degrees, |x| ≤ 360: x = 90n + d with |d| ≤ 45 exactly, then the Taylor polynomials of
    /// <see cref="HalfWave"/> at πd/180. Whole quarter turns give 0, 1 and −1 themselves.
    /// </summary>
    public static (double Sine, double Cosine) SineAndCosine(double degrees)
    {
        const double farthest = 360, quarter = 90;
        if (!(Math.Abs(degrees) <= farthest))
        {
            throw new ArgumentOutOfRangeException(nameof(degrees), degrees, $"an angle within ±{farthest}° is needed");
        }
        double turns = Math.Round(degrees / quarter);
        double y = (degrees - quarter * turns) * (Math.PI / 180);
        double sine = Series(y * y, y, firstFactor: 2);
        double cosine = Series(y * y, 1, firstFactor: 1);
        return ((int)turns & 3) switch
        {
            0 => (sine, cosine),
            1 => (cosine, -sine),
            2 => (-sine, -cosine),
            _ => (-cosine, sine),
        };
    }

    /// <summary>
    /// ln x for a normal x &gt; 0: x = m·2^e with m in [√½, √2), then the series of 2·artanh((m − 1)/(m + 1)).
    /// </summary>
    public static double Log(double x)
    {
        const double sqrt2 = 1.4142135623730951;
        const int terms = 12;
        long bits = BitConverter.DoubleToInt64Bits(x);
        int exponent = (int)(bits >> 52) - 1023;
        double mantissa = BitConverter.Int64BitsToDouble((bits & 0xFFFFFFFFFFFFF) | 0x3FF0000000000000);
        if (mantissa > sqrt2)
        {
            mantissa *= 0.5;
            exponent++;
        }
        double s = (mantissa - 1) / (mantissa + 1);
        double square = s * s;
        double sum = 0;
        for (int k = terms; k >= 0; k--)
        {
            sum = sum * square + 1.0 / (2 * k + 1);
        }
        return exponent * Ln2 + 2 * s * sum;
    }

    /// <summary>
    /// eˣ = 2ⁿ·eʳ with n = round(x/ln 2) and |r| ≤ ½ ln 2; eʳ is its Taylor polynomial of degree 14 (remainder below 1e-18).
    /// For |x| ≤ 700, where the result is a normal number.
    /// </summary>
    public static double Exp(double x)
    {
        const double farthest = 700;
        const int degree = 14;
        if (!(Math.Abs(x) <= farthest))
        {
            throw new ArgumentOutOfRangeException(nameof(x), x, $"an exponent within ±{farthest} is needed");
        }
        double n = Math.Round(x / Ln2);
        double r = x - n * Ln2High - n * Ln2Low;
        double sum = 1;
        for (int k = degree; k >= 1; k--)
        {
            sum = 1 + sum * r / k;
        }
        return sum * BitConverter.Int64BitsToDouble(((long)n + 1023) << 52);
    }

    /// <summary>
    /// xᵖ for 0 &lt; x ≤ 1 and 0 &lt; p: by multiplication where p is a whole number, else e^(p·ln x), whose relative error is that of
    /// the exponent, about |p·ln x|·2e-16.
    /// </summary>
    public static double Power(double x, double exponent) => exponent == Math.Floor(exponent)
        ? WholePower.Of(x, (long)exponent)
        : Exp(exponent * Log(x));

    /// <summary>first·(1 − y²/(f(f + 1))·(1 − y²/((f + 2)(f + 3))·(…))) with 8 factors: cos y for first = 1 and f = 1, sin y for
    /// first = y and f = 2.</summary>
    private static double Series(double square, double first, int firstFactor)
    {
        const int factors = 8;
        double sum = 1;
        for (int k = factors - 1; k >= 0; k--)
        {
            int factor = firstFactor + 2 * k;
            sum = 1 - square / (factor * (factor + 1)) * sum;
        }
        return first * sum;
    }
}
