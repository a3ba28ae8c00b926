using System.Diagnostics;
using Trainer.Data;
using Trainer.Engines;

namespace Trainer.Runs;

/// <summary>Measures whole splits, slice by slice, so that an interrupt is heard.</summary>
/// <param name="engine">What computes.</param>
/// <param name="data">The splits.</param>
/// <param name="results">Room for the rows of the largest one; what a measurement leaves there is good until the next.</param>
internal sealed class Measurement(IEngine engine, SplitSet data, RowResults results)
{
    private const int FewestRows = 256;
    private const int MostRows = 1 << 16;

    private readonly SliceLength _slice = new(FewestRows, MostRows);

    /// <summary>Loss and accuracy on a split, with the engine's parameters.</summary>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public Evaluation Of(SplitName name, CancellationToken cancellation)
    {
        Split split = data[name];
        for (int row = 0; row < split.Count;)
        {
            cancellation.ThrowIfCancellationRequested();
            int end = Math.Min(row + _slice.Length, split.Count);
            long start = Stopwatch.GetTimestamp();
            engine.Evaluate(name, row..end, results, cancellation);
            _slice.Adapt(end - row, Stopwatch.GetElapsedTime(start));
            row = end;
        }
        return results.Summarize(split);
    }
}
