namespace Trainer.Statistics;

/// <summary>
/// Corrects p-values for having made many comparisons: the chance that any of those that hold no difference is called one stays
/// below the level, however they hang together (Holm, "A simple sequentially rejective multiple test procedure", 1979).
/// </summary>
internal static class HolmCorrection
{
    /// <summary>p̃₍ᵢ₎ = max over j ≤ i of min(1, (m - j + 1) p₍ⱼ₎), of the m ordered p-values; in the order they were given.</summary>
    public static double[] Adjust(IReadOnlyList<double> values)
    {
        double[] adjusted = new double[values.Count];
        double least = 0;
        int left = values.Count;
        foreach (int index in Enumerable.Range(0, values.Count).OrderBy(index => values[index]))
        {
            least = Math.Max(least, Math.Min(1, left-- * values[index]));
            adjusted[index] = least;
        }
        return adjusted;
    }
}
