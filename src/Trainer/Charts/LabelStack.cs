namespace Trainer.Charts;

/// <summary>Finds places for labels in one column, none over another.</summary>
internal static class LabelStack
{
    /// <summary>
    /// The places nearest to the wanted ones, in the sense of the smallest sum of squares, that keep the labels'
    /// order, lie <paramref name="spacing"/> or more apart and inside the interval.
    /// </summary>
    /// <param name="wanted">Where each label would be if it were alone.</param>
    /// <param name="spacing">Least distance between two labels.</param>
    /// <param name="low">Smallest place.</param>
    /// <param name="high">Largest place; the interval must hold all labels.</param>
    /// <returns>The places in the order of <paramref name="wanted"/>.</returns>
    public static double[] Place(IReadOnlyList<double> wanted, double spacing, double low, double high)
    {
        if ((wanted.Count - 1) * spacing > high - low)
        {
            throw new ArgumentException($"{wanted.Count} labels do not fit", nameof(wanted));
        }
        int[] order = [.. Enumerable.Range(0, wanted.Count).OrderBy(i => wanted[i])];

        // With the spacing below each label taken off, the order alone remains to be kept: isotonic regression, solved
        // by pooling neighbours that are out of order into a block at their mean.
        var blocks = new Stack<(double Sum, int Count)>();
        for (int rank = 0; rank < order.Length; rank++)
        {
            (double Sum, int Count) block = (wanted[order[rank]] - rank * spacing, 1);
            while (blocks.TryPeek(out (double Sum, int Count) before) && before.Sum / before.Count >= block.Sum / block.Count)
            {
                blocks.Pop();
                block = (before.Sum + block.Sum, before.Count + block.Count);
            }
            blocks.Push(block);
        }
        double[] places = new double[order.Length];
        double highest = Math.Max(low, high - (order.Length - 1) * spacing);
        int next = 0;
        foreach ((double sum, int count) in blocks.Reverse())
        {
            double place = Math.Clamp(sum / count, low, highest);
            for (int i = 0; i < count; i++, next++)
            {
                places[order[next]] = place + next * spacing;
            }
        }
        return places;
    }
}
