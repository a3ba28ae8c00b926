using System.Diagnostics;
using Trainer.Data;
using Trainer.Engines;

namespace Trainer.Runs;

/// <summary>Evaluates all rows of a split, a slice at a time, so that an interrupt is heard.</summary>
public static class SplitScan
{
    private const int FewestRows = 256;
    private const int MostRows = 1 << 16;

    /// <summary>Loss and prediction of every row.</summary>
    /// <param name="engine">What computes, with its parameters.</param>
    /// <param name="data">The splits that the engine was made for.</param>
    /// <param name="name">Which of them.</param>
    /// <param name="cancellation">Ends the scan.</param>
    /// <exception cref="ArgumentException">There is no such split.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public static RowResults Evaluate(IEngine engine, SplitSet data, SplitName name, CancellationToken cancellation)
    {
        var results = new RowResults(data[name].Count);
        Evaluate(engine, data, name, results, FirstSlice(), cancellation);
        return results;
    }

    /// <summary>How many rows to begin with; what is learnt of the engine's speed holds for the next scan too.</summary>
    internal static SliceLength FirstSlice() => new(FewestRows, MostRows);

    /// <summary>Loss and prediction of every row, into <paramref name="results"/>.</summary>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    internal static void Evaluate(
        IEngine engine, SplitSet data, SplitName name, RowResults results, SliceLength slice, CancellationToken cancellation)
    {
        int count = data[name].Count;
        for (int row = 0; row < count;)
        {
            cancellation.ThrowIfCancellationRequested();
            int end = Math.Min(row + slice.Length, count);
            long start = Stopwatch.GetTimestamp();
            engine.Evaluate(name, row..end, results, cancellation);
            slice.Adapt(end - row, Stopwatch.GetElapsedTime(start));
            row = end;
        }
    }
}
