using Trainer.Results;
using Trainer.TensorBoard;

namespace Trainer.Verification.Checks;

/// <summary>TensorBoard's events have every epoch once, with the numbers of <c>metrics.csv</c>.</summary>
internal sealed class EventsCheck : IRunCheck
{
    /// <inheritdoc/>
    public string Name => "tensorboard";

    /// <inheritdoc/>
    public CheckOutcome? Check(VerifiedRun run)
    {
        if (!run.Experiment.Tensorboard || run.Rows.Count == 0)
        {
            return null;
        }
        string path = run.Folder.TensorBoard.Events, file = run.NameOf(path);
        if (RecordedEvent.ReadFile(path) is not { } events)
        {
            // Of a run that was ended by force the last record may be cut off.
            return run.IsComplete ? CheckOutcome.Of(file, $"{file}: a record is cut off or has a wrong checksum")
                : CheckOutcome.NotChecked($"{file}: its last record is cut off");
        }
        RecordedEvent[] epochs = [.. events.Skip(1)];
        return CheckOutcome.Of(
            "every epoch once, with the numbers of metrics.csv",
            events is [{ IsVersion: true }, ..] ? null : $"{file}: does not begin with its version",
            Sequence.FirstProblem(file, [.. epochs.Select(read => NameOf(read.Step))], index => NameOf(index), headers: 1),
            Sequence.TailProblem(run, file, epochs.Length, run.Rows.Count, index => NameOf(index)),
            run.Rows.Zip(epochs, (row, read) => Problem(row, read)).FirstOrDefault(problem => problem is not null) is { } wrong ? $"{file}: {wrong}" : null);
    }

    private static string NameOf(long epoch) => FormattableString.Invariant($"epoch {epoch}");

    private static string? Problem(MetricsRow row, RecordedEvent read)
    {
        (string Tag, double? Value)[] measured =
        [
            ("Loss/train", row.TrainLoss), ("Accuracy/train", row.TrainAccuracy), ("Loss/validation", row.ValLoss),
            ("Accuracy/validation", row.ValAccuracy), ("Loss/test", row.TestLoss), ("Accuracy/test", row.TestAccuracy), ("LR", row.Lr),
        ];
        foreach ((string tag, double? value) in measured)
        {
            float? found = read.Values.TryGetValue(tag, out float point) ? point : null;
            if (found != (float?)value)
            {
                return $"{NameOf(row.Epoch)}: {tag} is {MetricsColumns.Text(found)}, metrics.csv has {MetricsColumns.Text(value)}";
            }
        }
        return null;
    }
}
