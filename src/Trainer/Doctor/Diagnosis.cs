namespace Trainer.Doctor;

/// <summary>What the rules say of a run.</summary>
/// <param name="Findings">What is wrong, by rule.</param>
/// <param name="Consequences">What was seen too, and follows from a finding.</param>
internal sealed record Diagnosis(IReadOnlyList<(IRule Rule, Finding Finding)> Findings, IReadOnlyList<(IRule Rule, Finding Finding)> Consequences)
{
    /// <summary>Whether a finding is more than a note.</summary>
    public bool HasProblems => Findings.Any(found => found.Finding.Severity == Severity.Problem);

    /// <summary>Applies all rules; of their remedies those stay that the configuration takes.</summary>
    public static Diagnosis Of(RecordedRun run)
    {
        var trial = new RemedyTrial(run);
        (IRule Rule, Finding Finding)[] all = [.. RuleList.All
            .Select(rule => (Rule: rule, Finding: rule.Examine(run)))
            .Where(found => found.Finding is not null)
            .Select(found => (found.Rule, found.Finding! with { Try = trial.Working(found.Finding!.Try) }))];
        HashSet<string> names = [.. all.Select(found => found.Rule.Name)];
        return new Diagnosis(
            [.. all.Where(found => !found.Rule.ConsequenceOf.Any(names.Contains))],
            [.. all.Where(found => found.Rule.ConsequenceOf.Any(names.Contains))]);
    }
}
