using System.Collections.Concurrent;

namespace Trainer.Statistics;

/// <summary>A confidence interval of the difference of two means.</summary>
/// <param name="Low">Its lower end.</param>
/// <param name="High">Its upper end.</param>
internal readonly record struct DifferenceInterval(double Low, double High)
{
    // Every pair of groups with as many seeds asks for the same number; to work it out takes 10 µs.
    private static readonly ConcurrentDictionary<(double Alpha, double Freedom), double> Quantiles = new();

    /// <summary>Whether the difference may be 0.</summary>
    public bool HoldsZero => Low <= 0 && High >= 0;

    /// <summary>mean(d) ± t(1 - α/2, n - 1) s_d / √n, of the differences d of n pairs; null of a single pair.</summary>
    public static DifferenceInterval? Paired(IReadOnlyList<double> differences, double alpha)
    {
        var sample = Sample.Of(differences);
        return sample.Variance is { } variance ? About(sample.Mean, variance / sample.Count, sample.Count - 1, alpha) : null;
    }

    /// <summary>
    /// (x̄ - ȳ) ± t(1 - α/2, ν) √(s_x²/n + s_y²/m) with ν = (s_x²/n + s_y²/m)² / ((s_x²/n)²/(n-1) + (s_y²/m)²/(m-1)); variances
    /// need not be equal (Welch, Biometrika 34, 1947). Null where either sample is a single number.
    /// </summary>
    public static DifferenceInterval? Welch(IReadOnlyList<double> first, IReadOnlyList<double> second, double alpha)
    {
        var x = Sample.Of(first);
        var y = Sample.Of(second);
        if (x.Variance is not { } varianceX || y.Variance is not { } varianceY)
        {
            return null;
        }
        (double u, double v) = (varianceX / x.Count, varianceY / y.Count);
        double freedom = (u + v) * (u + v) / (u * u / (x.Count - 1) + v * v / (y.Count - 1));
        return About(x.Mean - y.Mean, u + v, freedom, alpha);
    }

    private static DifferenceInterval About(double difference, double variance, double freedom, double alpha)
    {
        // Without any spread there are no degrees of freedom to speak of, and no width either.
        double half = variance == 0 ? 0 : Quantiles.GetOrAdd((alpha, freedom), static key => StudentT.Quantile(1 - key.Alpha / 2, key.Freedom)) * Math.Sqrt(variance);
        return new DifferenceInterval(difference - half, difference + half);
    }
}
