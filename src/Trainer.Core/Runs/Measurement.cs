using Trainer.Data;
using Trainer.Engines;

namespace Trainer.Runs;

/// <summary>Measures whole splits, as <see cref="SplitScan"/> goes through them.</summary>
/// <param name="engine">What computes.</param>
/// <param name="data">The splits.</param>
/// <param name="results">Room for the rows of the largest one; what a measurement leaves there is good until the next.</param>
internal sealed class Measurement(IEngine engine, SplitSet data, RowResults results)
{
    private readonly SliceLength _slice = SplitScan.FirstSlice();

    /// <summary>Loss and accuracy on a split, with the engine's parameters.</summary>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public Evaluation Of(SplitName name, CancellationToken cancellation)
    {
        SplitScan.Evaluate(engine, data, name, results, _slice, cancellation);
        return results.Summarize(data[name]);
    }
}
