using Trainer.Results;
using Trainer.Yaml;

namespace Trainer.Verification.Checks;

/// <summary><c>summary.json</c> is what the other files give, byte for byte.</summary>
internal sealed class SummaryCheck : IRunCheck
{
    /// <inheritdoc/>
    public string Name => "summary";

    /// <inheritdoc/>
    public CheckOutcome? Check(VerifiedRun run)
    {
        string file = run.NameOf(run.Folder.Summary);
        if (!run.IsComplete || run.Rows.Count == 0)
        {
            return CheckOutcome.NotChecked($"{file} is written when a run is complete");
        }
        if (RunSummary.TryRead(run.Folder) is not { } recorded)
        {
            return CheckOutcome.Of(file, $"{file}: is not there, or cannot be read");
        }
        var end = ExpectedEnd.Of(run, recorded.Stopped);
        var data = RecordedDataSet.Of(run.Folder);
        string expected = JsonText.File(new RunSummary
        {
            Name = run.Experiment.Name,
            ConfigHash = ConfigHash.Of(run.Experiment),
            Seed = run.Experiment.Seed,
            DataSet = data.Name,
            DataHash = data.Hash ?? "",
            Shape = run.Shape.ToString(),
            Parameters = run.Shape.ParameterCount,
            Last = run.Rows[^1],
            BestByValidation = run.BestRow,
            Stopped = end.Problem is null ? end.Stop : recorded.Stopped,
        });
        return CheckOutcome.Of(
            $"{file} is what the other files give, byte for byte",
            FirstDifference(file, RecordedFile.ReadText(run.Folder.Summary, RecordedFile.LongestJson), expected),
            end.Problem is { } problem ? $"{run.NameOf(run.Folder.Metrics)}: {problem}" : null);
    }

    private static string? FirstDifference(string file, string text, string expected)
    {
        string[] found = text.Split('\n'), lines = expected.Split('\n');
        int line = found.AsSpan().CommonPrefixLength(lines);
        return text == expected ? null : FormattableString.Invariant(
            $"{file}({line + 1}): is {At(found, line)}, computed {At(lines, line)}");
    }

    private static string At(string[] lines, int line) => line < lines.Length && lines[line].Trim() is { Length: > 0 } text ? Excerpt.Of(text) : "(the end)";
}
