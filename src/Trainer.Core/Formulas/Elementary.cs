using System.Runtime.CompilerServices;

namespace Trainer.Formulas;

/// <summary>
/// Elementary functions from fused multiply-adds and basic operations only: a library's exp differs from machine to
/// machine, these do not. Errors are those in binary32.
/// </summary>
public static class Elementary
{
    private const double Log2E = 1.4426950408889634;

    // ln 2 as the sum of two binary32 numbers, so that x − n·ln 2 keeps all its bits.
    private const float Ln2High = 0.693147182f;
    private const double Ln2Low = 0.69314718055994531 - Ln2High;

    // 1.5·2²³: adding it to a number below 2²² in magnitude leaves the number, rounded to a whole one, in the low bits.
    private const double RoundingShift = 12582912;

    /// <summary>
    /// eˣ = 2ⁿ·eʳ with n = round(x/ln 2) and |r| ≤ ½ ln 2; eʳ is its Taylor polynomial of degree 7 (remainder below
    /// 6e-9). At most 1.1 units in the last place off; overflows to ∞, underflows through the subnormals to 0; NaN stays.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Exp<T>(T x)
        where T : struct, IBinary32<T>
    {
        // Beyond these the result is ∞ or 0 all the same, and n stays within what two factors of 2ⁿ can carry.
        T highest = T.Constant(89);
        T lowest = T.Constant(-105);
        x = T.SelectGreater(x, highest, highest, x);
        x = T.SelectGreater(lowest, x, lowest, x);
        T r = Reduce(x, out T n);

        T sum = T.Constant(1.0 / 5040);
        sum = T.FusedMultiplyAdd(sum, r, T.Constant(1.0 / 720));
        sum = T.FusedMultiplyAdd(sum, r, T.Constant(1.0 / 120));
        sum = T.FusedMultiplyAdd(sum, r, T.Constant(1.0 / 24));
        sum = T.FusedMultiplyAdd(sum, r, T.Constant(1.0 / 6));
        sum = T.FusedMultiplyAdd(sum, r, T.Constant(1.0 / 2));
        sum = T.FusedMultiplyAdd(sum, r, T.Constant(1));
        sum = T.FusedMultiplyAdd(sum, r, T.Constant(1));

        // 2ⁿ in two normal factors: the first product is exact, so a subnormal result is rounded only once.
        T half = Round(n, T.Constant(0.5));
        return sum * PowerOfTwo(half) * PowerOfTwo(n - half);
    }

    /// <summary>
    /// ln x = e·ln 2 + ln m with m in [√½, √2]; ln m = 2 artanh s, s = (m − 1)/(m + 1), by the series up to s⁹
    /// (remainder below 4e-10). Below 2 units in the last place off; 0 gives −∞, negative numbers and NaN give NaN.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Log<T>(T x)
        where T : struct, IBinary32<T>
    {
        const double smallestNormal = 1.1754943508222875e-38;
        const double largest = 3.4028234663852886e38;
        const double sqrt2 = 1.4142135623730951;
        T zero = T.Constant(0);
        T one = T.Constant(1);

        // A subnormal has no exponent field to read: scale it by 2²³ first.
        T normal = T.Constant(smallestNormal);
        T scaled = T.SelectGreater(normal, x, x * T.Constant(8388608), x);
        T e = T.Exponent(scaled) - T.SelectGreater(normal, x, T.Constant(23), zero);
        T m = T.Significand(scaled);
        e += T.SelectGreater(m, T.Constant(sqrt2), one, zero);
        m = T.SelectGreater(m, T.Constant(sqrt2), m * T.Constant(0.5), m);

        T s = (m - one) / (m + one);
        T square = s * s;
        T series = T.Constant(2.0 / 9);
        series = T.FusedMultiplyAdd(series, square, T.Constant(2.0 / 7));
        series = T.FusedMultiplyAdd(series, square, T.Constant(2.0 / 5));
        series = T.FusedMultiplyAdd(series, square, T.Constant(2.0 / 3));
        T tail = T.FusedMultiplyAdd(series * square, s, e * T.Constant(Ln2Low));
        T result = T.FusedMultiplyAdd(e, T.Constant(Ln2High), T.FusedMultiplyAdd(T.Constant(2), s, tail));

        result = T.SelectGreater(x, T.Constant(largest), x, result);
        T atMostZero = T.SelectGreater(zero, x, T.Constant(double.NaN), -one / (x * x));
        return T.SelectGreater(x, zero, result, atMostZero);
    }

    /// <summary>
    /// eˣ − 1 = 2ⁿ·(eʳ − 1) + (2ⁿ − 1), n and r as for <see cref="Exp"/>; eʳ − 1 is its Taylor polynomial of degree 8
    /// (remainder below 6e-10 of it). At most 1.3 units in the last place off, near 0 too; −0 and NaN stay.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Expm1<T>(T x)
        where T : struct, IBinary32<T>
    {
        // Beyond these the result is ∞ or −1 all the same.
        T highest = T.Constant(89);
        T lowest = T.Constant(-18);
        T within = T.SelectGreater(x, highest, highest, x);
        within = T.SelectGreater(lowest, within, lowest, within);
        T r = Reduce(within, out T n);

        T sum = T.Constant(1.0 / 40320);
        sum = T.FusedMultiplyAdd(sum, r, T.Constant(1.0 / 5040));
        sum = T.FusedMultiplyAdd(sum, r, T.Constant(1.0 / 720));
        sum = T.FusedMultiplyAdd(sum, r, T.Constant(1.0 / 120));
        sum = T.FusedMultiplyAdd(sum, r, T.Constant(1.0 / 24));
        sum = T.FusedMultiplyAdd(sum, r, T.Constant(1.0 / 6));
        sum = T.FusedMultiplyAdd(sum, r, T.Constant(1.0 / 2));
        sum = T.FusedMultiplyAdd(r * r, sum, r);

        // Half of it, as 2¹²⁸ has no bits: 2ⁿ⁻¹·(eʳ − 1) + (2ⁿ⁻¹ − ½).
        T scale = PowerOfTwo(n - T.Constant(1));
        T half = T.FusedMultiplyAdd(scale, sum, scale - T.Constant(0.5));

        // Where x² is nothing beside x, the sums above would lose the sign of −0.
        return T.SelectGreater(x * x, T.Constant(1e-16), half + half, x);
    }

    /// <summary>
    /// Φ(x) = ½·(1 + erf(x/√2)), the share of a standard normal distribution below x. With y = |x|, Φ(−y) = e^(−y²/2)·R(y);
    /// (y + 3)·R(y) is a polynomial of degree 10 in t = (y − 3)/(y + 3), through the Chebyshev nodes of 0 ≤ y ≤ 14.5
    /// (1.2e-9 of it off), and Φ(y) = 1 − Φ(−y). Right of 0 at most 3 units in the last place off; left of 0 at most 5, out to
    /// −13 and through the subnormals, where 1 + erf would have lost all its digits; 0 below −14.2; NaN stays.
    /// </summary>
    /// <remarks>The variable t is that of Shepherd and Laframboise, "Chebyshev approximation of (1 + 2x) exp(x²) erfc x in
    /// 0 ≤ x &lt; ∞" (Mathematics of Computation 36, 1981).</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T NormalCdf<T>(T x)
        where T : struct, IBinary32<T>
    {
        T zero = T.Constant(0);
        T one = T.Constant(1);
        T three = T.Constant(3);
        T farthest = T.Constant(14.5);
        T y = T.SelectGreater(x, zero, x, -x);
        y = T.SelectGreater(y, farthest, farthest, y);

        // y² = square + rest, exactly: the exponential would make much of half a unit of a large y².
        T square = y * y;
        T rest = T.FusedMultiplyAdd(y, y, -square);
        T bell = T.Exp(square * T.Constant(-0.5));
        bell = T.FusedMultiplyAdd(bell, rest * T.Constant(-0.5), bell);

        T distance = y + three;
        T t = (y - three) / distance;
        T sum = T.Constant(5.53559662954e-5);
        sum = T.FusedMultiplyAdd(sum, t, T.Constant(1.33125908751e-4));
        sum = T.FusedMultiplyAdd(sum, t, T.Constant(-2.4458266635e-4));
        sum = T.FusedMultiplyAdd(sum, t, T.Constant(-1.0342220593e-3));
        sum = T.FusedMultiplyAdd(sum, t, T.Constant(1.02413571102e-3));
        sum = T.FusedMultiplyAdd(sum, t, T.Constant(6.9698131313e-3));
        sum = T.FusedMultiplyAdd(sum, t, T.Constant(-1.0462293756e-2));
        sum = T.FusedMultiplyAdd(sum, t, T.Constant(-4.72627452759e-2));
        sum = T.FusedMultiplyAdd(sum, t, T.Constant(0.230017677663));
        sum = T.FusedMultiplyAdd(sum, t, T.Constant(-0.50933198954));
        sum = T.FusedMultiplyAdd(sum, t, T.Constant(0.729083690696));
        T left = bell * sum / distance;
        return T.SelectGreater(x, zero, one - left, left);
    }

    /// <summary>
    /// tanh x = (eˣ − e⁻ˣ)/(eˣ + e⁻ˣ) = −E/(2 + E) for x ≥ 0, with E = e⁻²ˣ − 1; for x &lt; 0 its negative, so that it is odd
    /// to the bit. At most 2.5 units in the last place off, near 0 too; −0 and NaN stay.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Tanh<T>(T x)
        where T : struct, IReal<T>
    {
        T zero = T.Constant(0);
        T negative = T.SelectGreater(x, zero, -x, x);
        T e = T.Expm1(negative + negative);
        T tanh = e / (T.Constant(2) + e);
        return T.SelectGreater(x, zero, -tanh, tanh);
    }

    /// <summary>
    /// ln(1 + x) for a finite x &gt; −1: with w the rounded 1 + x, and c what the rounding left, ln w + c/w. At most 2.5
    /// units in the last place off.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Log1p<T>(T x)
        where T : struct, IReal<T>
    {
        T one = T.Constant(1);
        T w = one + x;
        return T.Log(w) + ((x - (w - one)) / w);
    }

    /// <summary>r = x − n·ln 2 with the whole number n nearest to x/ln 2, for |x| below 2²¹: |r| ≤ ½ ln 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Reduce<T>(T x, out T n)
        where T : struct, IBinary32<T>
    {
        n = Round(x, T.Constant(Log2E));
        T r = T.FusedMultiplyAdd(n, T.Constant(-Ln2High), x);
        return T.FusedMultiplyAdd(n, T.Constant(-Ln2Low), r);
    }

    /// <summary>left·right, rounded to the nearest whole number, for a product below 2²² in magnitude.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Round<T>(T left, T right)
        where T : struct, IBinary32<T>
    {
        T shift = T.Constant(RoundingShift);
        return T.FusedMultiplyAdd(left, right, shift) - shift;
    }

    /// <summary>2ⁿ for a whole n in −126 … 127: n + 127, put into the exponent field.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T PowerOfTwo<T>(T n)
        where T : struct, IBinary32<T> =>
        T.ShiftBitsToExponent(n + T.Constant(RoundingShift + 127));
}
