using System.Collections.Concurrent;
using Trainer.Randomness;

namespace Trainer.Statistics;

/// <summary>How many seeds it takes to tell a difference of a given size apart, four times out of five.</summary>
/// <param name="alpha">The level, of which each comparison of several has its part.</param>
internal sealed class SeedsNeeded(double alpha)
{
    /// <summary>More seeds than this nobody runs.</summary>
    public const int Most = 100_000;

    private const double Power = 0.8;

    // From here on Student's quantiles and the normal ones ask for numbers within 0.5 % of each other, and nobody counts that many.
    private const int LeastNormal = 1000;

    private readonly double _normalReach = Math.Pow(NormalDistribution.Quantile(1 - alpha / 2) + NormalDistribution.Quantile(Power), 2);

    // Every pair of a comparison asks for the same few degrees of freedom.
    private readonly ConcurrentDictionary<int, double> _reach = new();

    /// <summary>The fewest pairs of which the exact test can reach the level at all: 2 of 2ⁿ choices of signs, 2^(1-n) ≤ α.</summary>
    public int LeastPairs { get; } = Least(n => Math.Pow(2, 1 - n), alpha);

    /// <summary>The fewest runs in each of two groups: 2 of C(2n, n) choices.</summary>
    public int LeastEach { get; } = Least(n => 2 / TwoSampleTest.Choices(2 * n, n), alpha);

    /// <summary>The least n with n ≥ (t(1 - α/2, n-1) + t(0.8, n-1))² s_d² / d² (Zar, "Biostatistical analysis", 7.6), and of which
    /// the exact test can reach the level.</summary>
    /// <param name="difference">d.</param>
    /// <param name="variance">s_d², of the differences of pairs.</param>
    /// <returns>The number of pairs; null of no difference, or beyond <see cref="Most"/>.</returns>
    public int? Pairs(double difference, double variance) =>
        Search(LeastPairs, variance / (difference * difference), n => n - 1);

    /// <summary>The same for two groups without pairs, with the sum of their variances and 2(n - 1) degrees of freedom.</summary>
    /// <returns>The number in each group; null of no difference, or beyond <see cref="Most"/>.</returns>
    public int? Each(double difference, double varianceSum) =>
        Search(LeastEach, varianceSum / (difference * difference), n => 2 * (n - 1));

    private int? Search(int least, double ratio, Func<int, int> freedom)
    {
        if (!double.IsFinite(ratio) || _normalReach * ratio > Most)
        {
            return null;
        }
        // Student's quantiles lie above the normal ones, by little for many degrees of freedom: the number lies a step or two above
        // what those would ask for.
        int n = Math.Max(least, (int)(_normalReach * ratio));
        while (n < LeastNormal && !Suffices(n))
        {
            n++;
        }
        return n;

        bool Suffices(int n) => n >= _reach.GetOrAdd(freedom(n), Reach) * ratio;
    }

    private double Reach(int freedom)
    {
        double sum = StudentT.Quantile(1 - alpha / 2, freedom) + StudentT.Quantile(Power, freedom);
        return sum * sum;
    }

    private static int Least(Func<int, double> smallest, double alpha)
    {
        int n = 2;
        while (smallest(n) > alpha)
        {
            n++;
        }
        return n;
    }
}
