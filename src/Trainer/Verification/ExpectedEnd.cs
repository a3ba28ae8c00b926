using Trainer.Optimizers;
using Trainer.Results;
using Trainer.Runs;

namespace Trainer.Verification;

/// <summary>How a complete run must have come to its end, as its lines tell.</summary>
/// <param name="Stop">Why it was complete before its last epoch; null after that one.</param>
/// <param name="Problem">What its lines cannot explain; null where they can.</param>
internal sealed record ExpectedEnd(RunStop? Stop, string? Problem)
{
    /// <summary>The end of <paramref name="run"/>, which is complete and has lines.</summary>
    /// <param name="run">The run.</param>
    /// <param name="recorded">What its summary says. The squared gradient at which a line search converged is in no other file.</param>
    public static ExpectedEnd Of(VerifiedRun run, RunStop? recorded)
    {
        int last = run.Rows[^1].Epoch, epochs = run.Experiment.Epochs;
        (RunStop? stop, int? early) = EarlyStop(run, last);
        if (early is { } epoch)
        {
            return new(null, FormattableString.Invariant($"goes on to epoch {last}, though early stopping ends it after epoch {epoch}"));
        }
        if (last >= epochs)
        {
            return new(null, null);
        }
        if (stop is not null)
        {
            return new(stop, null);
        }
        if (run.Experiment.Optimizer is LineSearch && recorded is { Cause: StopCause.Converged } && IsConverged(run, recorded, last))
        {
            return new(recorded, null);
        }
        return new(null, FormattableString.Invariant($"ends after epoch {last} of {epochs}, and its lines do not say why"));
    }

    /// <summary>Why early stopping ended the run at its last epoch, and where it should have before.</summary>
    private static (RunStop? Stop, int? TooLate) EarlyStop(VerifiedRun run, int last)
    {
        if (run.Experiment.EarlyStopping is not { } settings)
        {
            return (null, null);
        }
        var watch = new EarlyStoppingWatch(settings);
        foreach (MetricsRow row in run.Rows.Where(row => row.Validation is not null))
        {
            watch.Observe(row.ToRecord());
            if (watch.Stop is { } stop)
            {
                return stop.Epoch < last ? (null, stop.Epoch) : (stop, null);
            }
        }
        return (null, null);
    }

    private static bool IsConverged(VerifiedRun run, RunStop recorded, int last) => recorded.Epoch == last
        && (run.Rows[^1].TrainLoss is not { } loss
            || recorded.Reason.StartsWith(FormattableString.Invariant($"no step of the line search lowers the training loss {loss} any further (squared gradient "), StringComparison.Ordinal));
}
