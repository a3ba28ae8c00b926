namespace Trainer.Statistics;

/// <summary>Mean and variance of some numbers.</summary>
/// <param name="Count">How many there are: n.</param>
/// <param name="Mean">Σ x / n.</param>
/// <param name="Variance">Σ (x - mean)² / (n - 1); null of a single number.</param>
internal readonly record struct Sample(int Count, double Mean, double? Variance)
{
    /// <summary>The square root of the variance.</summary>
    public double? StandardDeviation => Variance is { } variance ? Math.Sqrt(variance) : null;

    /// <summary>The sample <paramref name="values"/>, of which there must be one or more; in two passes, so that nothing cancels.</summary>
    public static Sample Of(IReadOnlyList<double> values)
    {
        double sum = 0;
        bool isOneNumber = true;
        foreach (double value in values)
        {
            sum += value;
            isOneNumber &= value == values[0];
        }
        if (isOneNumber)
        {
            // Their mean need not come out as the number itself: (0.1 + 0.1 + 0.1) / 3 does not.
            return new Sample(values.Count, values[0], values.Count > 1 ? 0 : null);
        }
        double mean = sum / values.Count;
        double squares = 0;
        foreach (double value in values)
        {
            squares += (value - mean) * (value - mean);
        }
        return new Sample(values.Count, mean, squares / (values.Count - 1));
    }
}
