using System.Runtime.CompilerServices;

namespace Trainer.Formulas;

/// <summary>
/// Elementary functions in binary32, from fused multiply-adds and basic operations only: a library's exp differs from
/// machine to machine, these do not.
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

        T shift = T.Constant(RoundingShift);
        T n = T.FusedMultiplyAdd(x, T.Constant(Log2E), shift) - shift;
        T r = T.FusedMultiplyAdd(n, T.Constant(-Ln2High), x);
        r = T.FusedMultiplyAdd(n, T.Constant(-Ln2Low), r);

        T sum = T.Constant(1.0 / 5040);
        sum = T.FusedMultiplyAdd(sum, r, T.Constant(1.0 / 720));
        sum = T.FusedMultiplyAdd(sum, r, T.Constant(1.0 / 120));
        sum = T.FusedMultiplyAdd(sum, r, T.Constant(1.0 / 24));
        sum = T.FusedMultiplyAdd(sum, r, T.Constant(1.0 / 6));
        sum = T.FusedMultiplyAdd(sum, r, T.Constant(1.0 / 2));
        sum = T.FusedMultiplyAdd(sum, r, T.Constant(1));
        sum = T.FusedMultiplyAdd(sum, r, T.Constant(1));

        // 2ⁿ in two normal factors: the first product is exact, so a subnormal result is rounded only once.
        T half = T.FusedMultiplyAdd(n, T.Constant(0.5), shift) - shift;
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

    /// <summary>2ⁿ for a whole n in −126 … 127: n + 127, put into the exponent field.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T PowerOfTwo<T>(T n)
        where T : struct, IBinary32<T> =>
        T.ShiftBitsToExponent(n + T.Constant(RoundingShift + 127));
}
