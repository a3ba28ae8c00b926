using Trainer.Results;
using Trainer.Runs;

namespace Trainer.Terminal;

/// <summary>One JSON object an epoch, a line each, for machines.</summary>
/// <param name="output">Where to.</param>
internal sealed class JsonRunDisplay(TextWriter output) : IRunObserver
{
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
        output.WriteLine(JsonText.Line(MetricsRow.From(record)));
        output.Flush();
    }
}
