using Trainer.Failures;
using Trainer.Results;
using Trainer.Yaml;

namespace Trainer.Verification;

/// <summary>Says what was verified, a line a check, or as JSON.</summary>
/// <param name="output">Where to.</param>
internal sealed class VerificationReport(TextWriter output)
{
    private const int MostDifferences = 8;

    /// <summary>For people.</summary>
    public void Write(RunVerification verification)
    {
        output.WriteLine(Excerpt.OneLine($"{verification.Run.Folder.Path}{Headline(verification.Run)}"));
        int width = verification.Outcomes.Max(check => check.Check.Length);
        foreach ((string check, CheckOutcome outcome) in verification.Outcomes)
        {
            string word = Word(outcome.Verdict);
            IReadOnlyList<string> lines = Lines(outcome);
            for (int k = 0; k < lines.Count; k++)
            {
                output.WriteLine($"  {(k == 0 ? word : ""),-10} {(k == 0 ? check : "").PadRight(width)}  {Excerpt.OneLine(lines[k])}");
            }
        }
        output.WriteLine(Sentence(verification));
    }

    /// <summary>For machines: an object a check, then one of the whole run.</summary>
    public void WriteJson(RunVerification verification)
    {
        VerifiedRun run = verification.Run;
        foreach ((string check, CheckOutcome outcome) in verification.Outcomes)
        {
            output.WriteLine(JsonText.Line(new CheckLine(run.Folder.Path, check, outcome.Verdict, outcome.Compared, outcome.Differences)));
        }
        output.WriteLine(JsonText.Line(new ClosingLine(
            run.Folder.Path, RunStatus.TryRead(run.Folder)?.State, verification.ExitCode == ExitCode.Ok,
            [.. verification.With(CheckVerdict.Differs)], [.. verification.With(CheckVerdict.Unreadable)], [.. verification.With(CheckVerdict.NotChecked)])));
    }

    /// <summary>What all came to, for the exit code.</summary>
    /// <exception cref="CheckFailedException">Something differs.</exception>
    /// <exception cref="RunFailedException">Something cannot be read.</exception>
    public static ExitCode Conclude(IReadOnlyList<RunVerification> all)
    {
        RunVerification[] wrong = [.. all.Where(one => one.ExitCode != ExitCode.Ok)];
        string sentence = wrong switch
        {
            [] => "",
            [var only] when all.Count == 1 => $"{only.Run.Folder.Path}: {Verdicts(only)}",
            [var first, ..] => $"{wrong.Length} of {all.Count} runs are not what they say, the first is {first.Run.Folder.Path}: {Verdicts(first)}",
        };
        return wrong.Any(one => one.ExitCode == ExitCode.CheckFailed) ? throw new CheckFailedException(sentence)
            : wrong.Length > 0 ? throw new RunFailedException(sentence)
            : ExitCode.Ok;
    }

    private static string Headline(VerifiedRun run)
    {
        try
        {
            int last = run.Rows.Count == 0 ? 0 : run.Rows[^1].Epoch;
            return FormattableString.Invariant(
                $": {run.Experiment.Name} on {RecordedDataSet.Of(run.Folder).Name}, seed {run.Experiment.Seed}, {last} of {run.Experiment.Epochs} epochs, {run.Standing}");
        }
        catch (TrainerException)
        {
            // The checks say what cannot be read.
            return "";
        }
    }

    private static string Word(CheckVerdict verdict) => verdict switch
    {
        CheckVerdict.Equal => "ok",
        CheckVerdict.Differs => "DIFFERS",
        CheckVerdict.Unreadable => "UNREADABLE",
        _ => "unchecked",
    };

    private static IReadOnlyList<string> Lines(CheckOutcome outcome) => outcome.Differences switch
    {
        [] => [outcome.Compared],
        { Count: > MostDifferences } many => [.. many.Take(MostDifferences), $"and {many.Count - MostDifferences} more"],
        var few => few,
    };

    private static string Sentence(RunVerification verification)
    {
        int compared = verification.Outcomes.Count - verification.With(CheckVerdict.NotChecked).Count();
        string unfinished = verification.Run.IsComplete ? "" : "; the run is unfinished";
        return $"{compared} checks: {(verification.ExitCode == ExitCode.Ok ? "all is as recorded" : Verdicts(verification))}{unfinished}";
    }

    private static string Verdicts(RunVerification verification)
    {
        string[] differs = [.. verification.With(CheckVerdict.Differs)], unreadable = [.. verification.With(CheckVerdict.Unreadable)];
        return string.Join("; ", new[]
        {
            differs.Length > 0 ? $"not as recorded: {string.Join(", ", differs)}" : "",
            unreadable.Length > 0 ? $"cannot be read: {string.Join(", ", unreadable)}" : "",
        }.Where(part => part.Length > 0));
    }

    private sealed record CheckLine(string Run, string Check, CheckVerdict Verdict, string Compared, IReadOnlyList<string> Differences);

    private sealed record ClosingLine(string Run, RunState? State, bool Passed, string[] Differs, string[] Unreadable, string[] NotChecked);
}
