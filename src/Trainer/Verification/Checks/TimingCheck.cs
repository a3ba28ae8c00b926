using Trainer.Results;

namespace Trainer.Verification.Checks;

/// <summary><c>timing.csv</c> has every epoch once. The seconds themselves are the clock's.</summary>
internal sealed class TimingCheck : IRunCheck
{
    /// <inheritdoc/>
    public string Name => "timing";

    /// <inheritdoc/>
    public CheckOutcome? Check(VerifiedRun run)
    {
        if (run.Rows.Count == 0)
        {
            return null;
        }
        string file = run.NameOf(run.Folder.Timing);
        IReadOnlyList<TimingRow> rows = CsvFile.Read<TimingRow>(run.Folder.Timing);
        TimingRow? odd = rows.FirstOrDefault(row => !(row is { TrainingSeconds: >= 0, EvaluationSeconds: >= 0 } && double.IsFinite(row.TrainingSeconds + row.EvaluationSeconds)));
        return CheckOutcome.Of(
            $"{file} has every epoch once",
            Sequence.FirstProblem(file, [.. rows.Select(row => NameOf(row.Epoch))], NameOf),
            Sequence.TailProblem(run, file, rows.Count, run.Rows.Count, NameOf),
            TableText.Problem(run, run.Folder.Timing, rows),
            odd is null ? null : $"{file}: {NameOf(odd.Epoch)}: took no such time");
    }

    private static string NameOf(int epoch) => FormattableString.Invariant($"epoch {epoch}");
}
