using Trainer.Results;

namespace Trainer.Doctor;

/// <summary>Says what the rules found, in plain words or as JSON.</summary>
/// <param name="output">Where to.</param>
internal sealed class DoctorReport(TextWriter output)
{
    private const int Width = 100;
    private const int Column = 9;
    private const string NothingToTry =
        "another configuration: the keys that help against this are set already, or do not go with the others of this run";

    /// <summary>For people.</summary>
    public void Write(RecordedRun run, Diagnosis diagnosis)
    {
        output.WriteLine(
            FormattableString.Invariant($"{run.Experiment.Name} on {run.DataSet}, seed {run.Experiment.Seed}: {ExperimentText.Of(run.Experiment)}; {Progress(run)}"));
        foreach ((IRule rule, Finding finding) in diagnosis.Findings)
        {
            output.WriteLine();
            output.WriteLine($"{rule.Name} ({finding.Severity.ToString().ToLowerInvariant()})");
            Paragraph("seen", finding.Seen);
            Paragraph("rule", finding.Limit);
            Paragraph("means", finding.Meaning);
            for (int k = 0; k < finding.Try.Count; k++)
            {
                Paragraph(k == 0 ? "try" : "", $"{finding.Try[k].Option}: {finding.Try[k].Why}", hanging: 2);
            }
            if (finding.Try.Count == 0)
            {
                Paragraph("try", NothingToTry);
            }
        }
        output.WriteLine();
        foreach ((IRule rule, Finding finding) in diagnosis.Consequences)
        {
            Lines($"also {rule.Name}, which follows from the above: {finding.Seen}", 2);
        }
        if (Unseen(run) is { } unseen)
        {
            Lines(unseen, 0);
        }
        output.WriteLine(Summary(diagnosis));
    }

    /// <summary>What the rules could not look at; null where they could look at everything.</summary>
    private static string? Unseen(RecordedRun run)
    {
        bool trained = run.Rows.Count > 0 && run.Rows[^1].Epoch > 0;
        if (!trained && run.Experiment.Epochs > 0)
        {
            string state = run.Status is { Message: { } message } ? $" ({message})" : "";
            return $"No epoch is recorded{state}: the rules had the untrained network to look at and no training.";
        }
        return run.Last is null ? "There is no checkpoint: the rules had the network as it was before training, and the metrics." : null;
    }

    /// <summary>For machines: an object a finding, then one of the whole.</summary>
    public void WriteJson(RecordedRun run, Diagnosis diagnosis, string folder)
    {
        foreach ((IRule rule, Finding finding) in diagnosis.Findings)
        {
            output.WriteLine(JsonText.Line(new FindingLine(
                rule.Name, finding.Severity, rule.LooksAt, finding.Seen, finding.Limit, finding.Meaning, finding.Try)));
        }
        output.WriteLine(JsonText.Line(new ClosingLine(
            run.Experiment.Name, run.Experiment.Seed, run.DataSet, folder, run.Status?.State,
            Names(RuleList.All), Names(diagnosis.Findings.Select(found => found.Rule)), Names(diagnosis.Consequences.Select(found => found.Rule)))));
    }

    private static string Progress(RecordedRun run)
    {
        int done = run.Rows.Count == 0 ? 0 : run.Rows[^1].Epoch;
        string state = run.Status is { } status ? ", " + status.State.ToString().ToLowerInvariant() : "";
        return $"{done} of {Figures.Epochs(run.Experiment.Epochs)}{state}";
    }

    private static string Summary(Diagnosis diagnosis)
    {
        int problems = diagnosis.Findings.Count(found => found.Finding.Severity == Severity.Problem);
        int notes = diagnosis.Findings.Count - problems;
        string found = (problems, notes) switch
        {
            (0, 0) => "nothing found",
            (_, 0) => Count(problems, "problem"),
            (0, _) => Count(notes, "note"),
            _ => $"{Count(problems, "problem")}, {Count(notes, "note")}",
        };
        return $"{RuleList.All.Count} rules looked: {found}";
    }

    private static string Count(int number, string word) => number == 1 ? $"1 {word}" : $"{number} {word}s";

    private static string[] Names(IEnumerable<IRule> rules) => [.. rules.Select(rule => rule.Name)];

    private void Paragraph(string label, string text, int hanging = 0) => Lines($"  {label}".PadRight(Column) + text, Column + hanging);

    /// <summary>Breaks a text at spaces into lines of at most <see cref="Width"/> columns, all but the first of them indented.</summary>
    private void Lines(string text, int indent)
    {
        string rest = text;
        while (rest.Length > Width)
        {
            int end = rest.LastIndexOf(' ', Width);
            // A word longer than a line stays whole.
            end = end > indent ? end : rest.IndexOf(' ', Math.Min(Width, rest.Length));
            if (end < 0)
            {
                break;
            }
            output.WriteLine(rest[..end].TrimEnd());
            rest = new string(' ', indent) + rest[end..].TrimStart();
        }
        output.WriteLine(rest.TrimEnd());
    }

    private sealed record FindingLine(
        string Rule, Severity Severity, string LooksAt, string Seen, string Limit, string Meaning, IReadOnlyList<Remedy> Try);

    private sealed record ClosingLine(
        string Name, ulong Seed, string DataSet, string Folder, RunState? State, string[] Rules, string[] Found, string[] Consequences);
}
