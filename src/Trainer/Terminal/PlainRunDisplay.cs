using Trainer.Runs;

namespace Trainer.Terminal;

/// <summary>One line an epoch, and nothing that moves: for files, pipes and job logs.</summary>
/// <param name="output">Where to.</param>
/// <param name="hasValidation">Whether there is a validation split to show.</param>
/// <param name="epochs">All epochs.</param>
internal sealed class PlainRunDisplay(TextWriter output, bool hasValidation, int epochs) : IRunObserver
{
    private readonly EpochTable _table = new(hasValidation);
    private readonly RemainingTime _remaining = new(epochs);

    /// <inheritdoc/>
    public void OnProgress(RunProgress progress)
    {
    }

    /// <inheritdoc/>
    public void OnTrace(RunTrace trace)
    {
    }

    /// <inheritdoc/>
    public void OnEpoch(EpochRecord record, EpochTiming timing, ReadOnlySpan<float> network, bool isBest)
    {
        if (record.Epoch == 0)
        {
            output.WriteLine(_table.Header);
        }
        output.WriteLine(_table.Line(record, timing, _remaining.After(record.Epoch, timing.Training + timing.Evaluation)));
        output.Flush();
    }
}
