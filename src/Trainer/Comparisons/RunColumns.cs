using System.Globalization;
using Trainer.Catalogs;
using Trainer.Data;
using Trainer.Results;
using Trainer.Runs;

namespace Trainer.Comparisons;

/// <summary>The figures of a run that groups can be compared by.</summary>
internal static class RunColumns
{
    /// <summary>Key of the test accuracy after the last epoch.</summary>
    public const string TestAccuracy = "test_accuracy";

    /// <summary>Key of the test loss after the last epoch.</summary>
    public const string TestLoss = "test_loss";

    /// <summary>Key of the epochs that it took to the asked test accuracy.</summary>
    public const string EpochsToTarget = "epochs_to_target";

    /// <summary>Key of the seconds of training.</summary>
    public const string Seconds = "seconds";

    // Both data sets have images of this size.
    private const int Inputs = 28 * 28;

    /// <summary>All columns, in the order of a table.</summary>
    /// <param name="target">A test accuracy to be reached; null without that column.</param>
    public static IReadOnlyList<ComparedColumn> All(double? target) =>
    [
        new(TestAccuracy, "test accuracy", true, true, run => Last(run)?.TestAccuracy),
        new(TestLoss, "test loss", false, false, run => Last(run)?.TestLoss),
        new("train_accuracy", "train accuracy", true, true, run => Last(run)?.TrainAccuracy),
        new("train_loss", "train loss", false, false, run => Last(run)?.TrainLoss),
        new("gap", "train - test accuracy", null, true, run => Last(run)?.TrainAccuracy - Last(run)?.TestAccuracy),
        new("val_accuracy", "validation accuracy", true, true, run => Last(run)?.ValAccuracy),
        new("val_loss", "validation loss", false, false, run => Last(run)?.ValLoss),
        new("best_epoch", "best epoch by validation", null, false, run => Best(run)?.Epoch),
        new("best_val_accuracy", "validation accuracy at the best epoch", true, true, run => Best(run)?.ValAccuracy),
        new("best_test_accuracy", "test accuracy at the best by validation", true, true, run => Best(run)?.TestAccuracy),
        new("area", "mean test accuracy over the epochs", true, true, run => AccuracyArea.Of(run.Rows)),
        .. Reaching(target),
        new(Seconds, "seconds of training", false, false, TrainingSeconds),
        new("epochs", "epochs trained", null, false, run => Last(run)?.Epoch),
        new("parameters", "parameters", null, false, run => run.Experiment.Model
            .Network(Inputs, FashionMnist.ClassNames.Count, run.Experiment.Loss).Shape.ParameterCount),
    ];

    private static IEnumerable<ComparedColumn> Reaching(double? target) => target is not { } accuracy ? [] :
    [
        new(EpochsToTarget, $"epochs to {(100 * accuracy).ToString("0.####", CultureInfo.InvariantCulture)} % test accuracy", false, false,
            run => run.Rows.FirstOrDefault(row => row.TestAccuracy >= accuracy)?.Epoch),
    ];

    private static MetricsRow? Last(RunEntry run) => run.Rows.Count > 0 ? run.Rows[^1] : null;

    private static MetricsRow? Best(RunEntry run) => BestEpoch.ByValidation(run.Rows, ValidationRanking.Of(run.Experiment));

    private static double? TrainingSeconds(RunEntry run) => run.Timings.Count > 0 ? run.Timings.Sum(row => row.TrainingSeconds) : null;
}
