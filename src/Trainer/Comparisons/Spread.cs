using Trainer.Statistics;

namespace Trainer.Comparisons;

/// <summary>Some numbers, one a run, and how far they lie apart.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="StandardDeviation">sqrt(Σ (x - mean)² / (n - 1)); null of a single one, which says nothing about its spread.</param>
/// <param name="Least">The smallest.</param>
/// <param name="Most">The largest.</param>
internal sealed record Spread(int Count, double Mean, double? StandardDeviation, double Least, double Most)
{
    /// <summary>The spread of <paramref name="values"/>; null where there are none.</summary>
    public static Spread? Of(IReadOnlyList<double> values)
    {
        if (values.Count == 0)
        {
            return null;
        }
        var sample = Sample.Of(values);
        return new Spread(values.Count, sample.Mean, sample.StandardDeviation, values.Min(), values.Max());
    }
}
