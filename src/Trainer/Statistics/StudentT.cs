using Trainer.Randomness;

namespace Trainer.Statistics;

/// <summary>Student's distribution with ν degrees of freedom, whole or not ("Student", Biometrika 6, 1908).</summary>
internal static class StudentT
{
    // Newton's steps grow toward the quantile and double the digits near it; a heavy tail (ν = 1) takes the most.
    private const int MostSteps = 200;
    private const double Precision = 1e-14;

    /// <summary>P(T &gt; t) for t ≥ 0: ½ I_x(ν/2, ½) at x = ν / (ν + t²).</summary>
    public static double UpperTail(double t, double freedom) => 0.5 * IncompleteBeta.Of(
        freedom / (freedom + t * t), t * t / (freedom + t * t), freedom / 2, 0.5);

    /// <summary>The t with P(T ≤ t) = <paramref name="probability"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The probability is not strictly between 0 and 1, or ν is not above 0.</exception>
    public static double Quantile(double probability, double freedom)
    {
        if (!(probability is > 0 and < 1) || !(freedom > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(probability), "needs a probability strictly between 0 and 1 and degrees of freedom above 0");
        }
        return probability >= 0.5 ? Above(1 - probability, freedom) : -Above(probability, freedom);
    }

    /// <summary>
    /// The t ≥ 0 with P(T &gt; t) = <paramref name="tail"/>, by Newton's method from the normal quantile. The tails are heavier than
    /// the normal ones, so the start lies below the root; the tail falls and is convex, so every step stays below it and none
    /// overshoots.
    /// </summary>
    private static double Above(double tail, double freedom)
    {
        double t = tail < 0.5 ? -NormalDistribution.Quantile(tail) : 0;
        double logScale = IncompleteBeta.LogGamma((freedom + 1) / 2) - IncompleteBeta.LogGamma(freedom / 2) - 0.5 * Math.Log(freedom * Math.PI);
        for (int i = 0; i < MostSteps; i++)
        {
            double density = Math.Exp(logScale - (freedom + 1) / 2 * Math.Log(1 + t * t / freedom));
            double step = (UpperTail(t, freedom) - tail) / density;
            t += step;
            if (Math.Abs(step) <= Precision * Math.Abs(t))
            {
                break;
            }
        }
        return t;
    }
}
