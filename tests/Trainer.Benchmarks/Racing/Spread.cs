namespace Trainer.Benchmarks.Racing;

/// <summary>The middle of some values and how far they lie apart.</summary>
/// <param name="Median">Half of the values lie on either side.</param>
/// <param name="Low">The lower quartile; of fewer than five values the smallest.</param>
/// <param name="High">The upper quartile; of fewer than five values the largest.</param>
internal sealed record Spread(double Median, double Low, double High)
{
    private const int FewestForQuartiles = 5;

    /// <summary>Of one value or more; null of none.</summary>
    public static Spread? Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? null
            : sorted.Length < FewestForQuartiles ? new Spread(Quantile(sorted, 0.5), sorted[0], sorted[^1])
            : new Spread(Quantile(sorted, 0.5), Quantile(sorted, 0.25), Quantile(sorted, 0.75));
    }

    /// <summary>The value at <paramref name="part"/> of the way through sorted values, between two neighbours in proportion.</summary>
    private static double Quantile(double[] sorted, double part)
    {
        double place = part * (sorted.Length - 1);
        int below = (int)place;
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
