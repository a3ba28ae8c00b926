using Trainer.Data;

namespace Trainer.Engines;

/// <summary>What an engine found for each row: written by the engine, summed by the host.</summary>
/// <param name="count">Number of rows there is room for.</param>
public sealed class RowResults(int count)
{
    /// <summary>Cross-entropy of each row, in nats.</summary>
    public float[] Losses { get; } = new float[count];

    /// <summary>Most probable class of each row; the first of equals.</summary>
    public int[] Predictions { get; } = new int[count];

    /// <summary>Mean of <paramref name="count"/> losses from position <paramref name="start"/> on, summed in binary64 in order.</summary>
    public double MeanLoss(int start, int count)
    {
        double sum = 0;
        foreach (float loss in Losses.AsSpan(start, count))
        {
            sum += loss;
        }
        return sum / count;
    }

    /// <summary>Mean loss and accuracy over the rows <paramref name="rows"/> of <paramref name="split"/>, which lie at
    /// positions 0, 1, … of these results.</summary>
    public Evaluation Summarize(Split split, ReadOnlySpan<int> rows)
    {
        int correct = 0;
        for (int k = 0; k < rows.Length; k++)
        {
            correct += Predictions[k] == split.Label(rows[k]) ? 1 : 0;
        }
        return new Evaluation(MeanLoss(0, rows.Length), (double)correct / rows.Length);
    }

    /// <summary>Mean loss and accuracy over all rows of <paramref name="split"/>, in its order.</summary>
    public Evaluation Summarize(Split split)
    {
        int correct = 0;
        for (int row = 0; row < split.Count; row++)
        {
            correct += Predictions[row] == split.Label(row) ? 1 : 0;
        }
        return new Evaluation(MeanLoss(0, split.Count), (double)correct / split.Count);
    }
}
