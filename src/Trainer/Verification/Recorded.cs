using Trainer.Engines;
using Trainer.Results;
using Trainer.Runs;

namespace Trainer.Verification;

/// <summary>Lines of files as what they were written from.</summary>
internal static class Recorded
{
    /// <summary>The record of an epoch's line.</summary>
    public static EpochRecord Epoch(MetricsRow row) => new(
        row.Epoch, row.Step, row.Lr,
        Split(row.RunningLoss, row.RunningAccuracy), Split(row.TrainLoss, row.TrainAccuracy), Split(row.ValLoss, row.ValAccuracy),
        Split(row.TestLoss, row.TestAccuracy) ?? default, row.Digest ?? "");

    private static Evaluation? Split(double? loss, double? accuracy) =>
        loss is { } mean && accuracy is { } share ? new Evaluation(mean, share) : null;
}
