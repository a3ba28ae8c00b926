using Trainer.Failures;
using Trainer.Results;
using Trainer.Runs;

namespace Trainer.Sessions;

/// <summary>How a run ended.</summary>
/// <param name="State">In a word.</param>
/// <param name="Rows">What was recorded, an element an epoch.</param>
/// <param name="Best">The best epoch by validation; null without one.</param>
/// <param name="Stopped">How it came to be complete before its last epoch, if it did.</param>
/// <param name="Failure">What went wrong; null where nothing did.</param>
/// <param name="Kept">Where a run that was interrupted goes on; null where that is at the beginning.</param>
/// <param name="DrawingFailure">Why there is no picture of it; null where there is one, or nothing to draw.</param>
internal sealed record RunOutcome(
    RunState State,
    IReadOnlyList<MetricsRow> Rows,
    MetricsRow? Best,
    RunStop? Stopped = null,
    Exception? Failure = null,
    Checkpoint? Kept = null,
    TrainerException? DrawingFailure = null)
{
    /// <summary>The last recorded epoch; null where there is none.</summary>
    public MetricsRow? Last => Rows.Count == 0 ? null : Rows[^1];
}
