using Trainer.Formulas;
using Trainer.Optimizers;
using Trainer.Results;

namespace Trainer.Verification.Checks;

/// <summary><c>line_search.csv</c> has every step once; each size is one that is tried, brings the fall that is asked for, and leads
/// from the loss of the step before to that of the next.</summary>
internal sealed class LineSearchCheck : IRunCheck
{
    /// <inheritdoc/>
    public string Name => "line search";

    /// <inheritdoc/>
    public CheckOutcome? Check(VerifiedRun run)
    {
        string file = run.NameOf(run.Folder.LineSearch);
        if (run.Experiment.Optimizer is not LineSearch search)
        {
            return File.Exists(run.Folder.LineSearch) ? CheckOutcome.Of(file, $"{file}: is there, though the optimizer is no line_search") : null;
        }
        int steps = Math.Max(0, run.Rows.Count - 1);
        if (steps == 0 && !File.Exists(run.Folder.LineSearch))
        {
            return null;
        }
        IReadOnlyList<LineSearchRow> rows = CsvFile.Read<LineSearchRow>(run.Folder.LineSearch);
        return CheckOutcome.Of(
            $"{rows.Count} steps, each as long as the loss allows",
            Sequence.FirstProblem(file, [.. rows.Select(row => FormattableString.Invariant($"step {row.Step}"))], NameOf),
            Sequence.TailProblem(run, file, rows.Count, steps, NameOf),
            TableText.Problem(run, run.Folder.LineSearch, rows),
            rows.Select((row, index) => Problem(run, search, row, index == 0 ? null : rows[index - 1])).FirstOrDefault(problem => problem is not null) is { } wrong
                ? $"{file}: {wrong}" : null);
    }

    private static string NameOf(int index) => FormattableString.Invariant($"step {index + 1}");

    private static string? Problem(VerifiedRun run, LineSearch search, LineSearchRow row, LineSearchRow? before)
    {
        string place = FormattableString.Invariant($"step {row.Step}");
        MetricsRow? epoch = row.Step >= 0 && row.Step < run.Rows.Count && run.Rows[(int)row.Step] is { } line && line.Epoch == row.Step ? line : null;
        double size = row.Trials >= 1 && row.Trials <= search.MaxTrials ? search.T0 * WholePower.Of(search.Beta, row.Trials - 1) : double.NaN;
        return row.Size != size ? FormattableString.Invariant($"{place}: t is {row.Size}, the size of trial {row.Trials} is {size}")
            : before is not null && row.LossBefore != before.LossAfter ? FormattableString.Invariant($"{place}: loss_before is {row.LossBefore}, the step before led to {before.LossAfter}")
            : !(row.LossAfter < row.LossBefore && row.LossAfter <= row.LossBefore - (search.Alpha * row.Size * row.GradientSquared))
                ? FormattableString.Invariant($"{place}: loss_after {row.LossAfter} is not low enough for loss_before {row.LossBefore} and gradient_squared {row.GradientSquared}")
            : epoch is null ? null
            : epoch.Lr != row.Size ? $"{place}: t is {MetricsColumns.Text(row.Size)}, metrics.csv has lr {MetricsColumns.Text(epoch.Lr)}"
            : epoch.RunningLoss != row.LossBefore ? $"{place}: loss_before is {MetricsColumns.Text(row.LossBefore)}, metrics.csv has running_loss {MetricsColumns.Text(epoch.RunningLoss)}"
            : epoch.TrainLoss is { } loss && loss != row.LossAfter && run.Experiment.Ema is null
                ? $"{place}: loss_after is {MetricsColumns.Text(row.LossAfter)}, metrics.csv has train_loss {MetricsColumns.Text(loss)}"
            : null;
    }
}
