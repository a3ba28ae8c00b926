namespace Trainer.Formulas;

/// <summary>The root of a sum of squares, in binary64, summed in order: the same on every machine.</summary>
public static class EuclideanNorm
{
    /// <summary>‖v‖.</summary>
    public static double Of(ReadOnlySpan<float> values) => Math.Sqrt(Squared(values));

    /// <summary>‖v‖².</summary>
    public static double Squared(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values)
        {
            sum += (double)value * value;
        }
        return sum;
    }

    /// <summary>‖v − w‖.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double OfDifference(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        if (left.Length != right.Length)
        {
            throw new ArgumentException($"{left.Length} and {right.Length} numbers have no difference");
        }
        double sum = 0;
        for (int k = 0; k < left.Length; k++)
        {
            double difference = (double)left[k] - right[k];
            sum += difference * difference;
        }
        return Math.Sqrt(sum);
    }
}
