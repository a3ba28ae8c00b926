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
        int count = data[name].Count;
        var results = new RowResults(count);
        var slice = new SliceLength(FewestRows, MostRows);
        for (int row = 0; row < count;)
        {
            cancellation.ThrowIfCancellationRequested();
            int end = Math.Min(row + slice.Length, count);
            long start = Stopwatch.GetTimestamp();
            engine.Evaluate(name, row..end, results, cancellation);
            slice.Adapt(end - row, Stopwatch.GetElapsedTime(start));
            row = end;
        }
        return results;
    }
}
