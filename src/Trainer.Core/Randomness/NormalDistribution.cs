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
        double numerator = ((((-39.69683028665376 * r + 220.9460984245205) * r - 275.9285104469687) * r
            + 138.3577518672690) * r - 30.66479806614716) * r + 2.506628277459239;
        double denominator = ((((-54.47609879822406 * r + 161.5858368580409) * r - 155.6989798598866) * r
            + 66.80131188771972) * r - 13.28068155288572) * r + 1;
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
