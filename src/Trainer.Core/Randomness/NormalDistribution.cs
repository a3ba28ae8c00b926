using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Trainer.Formulas;

namespace Trainer.Randomness;

/// <summary>
/// The quantile of the standard normal distribution, in binary64 basic operations and square root only, so that it is
/// the same on every machine (a library's logarithm need not be).
/// </summary>
public static class NormalDistribution
{
    // Coefficients of P. J. Acklam's rational approximation to the normal quantile (2000; relative error below 1.15e-9).
    private const double LowTail = 0.02425;

    // Between the tails: a polynomial in (p − ½)² above another.
    private const double N5 = -39.69683028665376, N4 = 220.9460984245205, N3 = -275.9285104469687;
    private const double N2 = 138.3577518672690, N1 = -30.66479806614716, N0 = 2.506628277459239;
    private const double D5 = -54.47609879822406, D4 = 161.5858368580409, D3 = -155.6989798598866;
    private const double D2 = 66.80131188771972, D1 = -13.28068155288572;

    /// <summary>The z with P(Z ≤ z) = <paramref name="probability"/> for a standard normal Z; relative error below 1.2e-9.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The probability is not strictly between 0 and 1.</exception>
    public static double Quantile(double probability)
    {
        if (!(probability is > 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(probability), "a probability strictly between 0 and 1 is needed");
        }
        if (probability < LowTail)
        {
            return Tail(Math.Sqrt(-2 * Elementary64.Log(probability)));
        }
        if (probability > 1 - LowTail)
        {
            return -Tail(Math.Sqrt(-2 * Elementary64.Log(1 - probability)));
        }
        double q = probability - 0.5;
        double r = q * q;
        double numerator = ((((N5 * r + N4) * r + N3) * r + N2) * r + N1) * r + N0;
        double denominator = ((((D5 * r + D4) * r + D3) * r + D2) * r + D1) * r + 1;
        return q * numerator / denominator;
    }

    /// <summary>Where <see cref="Quantile"/> takes its formula for the tails, which <see cref="Central"/> lacks.</summary>
    internal static Vector256<double> IsTail(Vector256<double> probability) =>
        Vector256.LessThan(probability, Vector256.Create(LowTail))
        | Vector256.GreaterThan(probability, Vector256.Create(1 - LowTail));

    /// <summary><see cref="Quantile"/> of four numbers at once that lie outside the tails; elsewhere without meaning.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<double> Central(Vector256<double> probability)
    {
        Vector256<double> q = probability - Vector256.Create(0.5);
        Vector256<double> r = q * q;
        Vector256<double> numerator = ((((Vector256.Create(N5) * r + Vector256.Create(N4)) * r + Vector256.Create(N3)) * r
            + Vector256.Create(N2)) * r + Vector256.Create(N1)) * r + Vector256.Create(N0);
        Vector256<double> denominator = ((((Vector256.Create(D5) * r + Vector256.Create(D4)) * r + Vector256.Create(D3)) * r
            + Vector256.Create(D2)) * r + Vector256.Create(D1)) * r + Vector256<double>.One;
        return q * numerator / denominator;
    }

    private static double Tail(double q)
    {
        double numerator = ((((-0.007784894002430293 * q - 0.3223964580411365) * q - 2.400758277161838) * q
            - 2.549732539343734) * q + 4.374664141464968) * q + 2.938163982698783;
        double denominator = (((0.007784695709041462 * q + 0.3224671290700398) * q + 2.445134137142996) * q
            + 3.754408661907416) * q + 1;
        return numerator / denominator;
    }
}
