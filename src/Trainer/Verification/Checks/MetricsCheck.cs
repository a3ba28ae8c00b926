using Trainer.Results;
using Trainer.Runs;

namespace Trainer.Verification.Checks;

/// <summary><c>metrics.csv</c> has every epoch once, and in each line what such a run measures.</summary>
internal sealed class MetricsCheck : IRunCheck
{
    /// <inheritdoc/>
    public string Name => "metrics";

    /// <inheritdoc/>
    public CheckOutcome? Check(VerifiedRun run)
    {
        string file = run.NameOf(run.Folder.Metrics);
        if (run.Rows.Count == 0)
        {
            return run.IsComplete ? CheckOutcome.Of(file, $"{file}: has no line, though the run completed") : CheckOutcome.NotChecked("no epoch was recorded");
        }
        int last = run.Rows[^1].Epoch;
        return CheckOutcome.Of(
            FormattableString.Invariant($"epochs 0 to {last} are there, with all that such a run measures"),
            Sequence.FirstProblem(file, [.. run.Rows.Select(row => NameOf(row.Epoch))], NameOf),
            TableText.Problem(run, run.Folder.Metrics, run.Rows),
            last > run.Experiment.Epochs ? FormattableString.Invariant($"{file}: has epoch {last}, and config.yaml asks for {run.Experiment.Epochs}") : null,
            run.Rows.SelectMany(row => Problems(run, row)).Select(problem => $"{file}: {problem}").FirstOrDefault());
    }

    private static string NameOf(int epoch) => FormattableString.Invariant($"epoch {epoch}");

    private static IEnumerable<string> Problems(VerifiedRun run, MetricsRow row)
    {
        Experiment experiment = run.Experiment;
        bool isTrained = row.Epoch > 0;
        int trainRows = run.Sizes.Train - experiment.Data.Validation;
        (string Split, double? Loss, double? Accuracy, bool IsMeasured, int Rows)[] splits =
        [
            ("running", row.RunningLoss, row.RunningAccuracy, isTrained, trainRows),
            ("train", row.TrainLoss, row.TrainAccuracy, experiment.EvaluateTrain, trainRows),
            ("val", row.ValLoss, row.ValAccuracy, experiment.Data.Validation > 0, experiment.Data.Validation),
            ("test", row.TestLoss, row.TestAccuracy, true, run.Sizes.Test),
        ];
        foreach ((string split, double? loss, double? accuracy, bool isMeasured, int rows) in splits)
        {
            if ((loss is not null) != isMeasured || (loss is { } mean && !double.IsFinite(mean)))
            {
                yield return $"{NameOf(row.Epoch)}: {split}_loss is {MetricsColumns.Text(loss)}, where {(isMeasured ? "a loss was measured" : "none is measured")}";
            }
            if ((accuracy is not null) != isMeasured || (accuracy is { } share && !IsShare(share, rows)))
            {
                yield return $"{NameOf(row.Epoch)}: {split}_accuracy is {MetricsColumns.Text(accuracy)}, {(isMeasured ? FormattableString.Invariant($"no share of {rows} images") : "where none is measured")}";
            }
        }
    }

    /// <summary>Whether it is k/n in binary64 for a whole k.</summary>
    private static bool IsShare(double share, int rows) => share is >= 0 and <= 1 && Math.Round(share * rows) / rows == share;
}
