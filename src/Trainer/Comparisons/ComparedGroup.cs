using Trainer.Catalogs;
using Trainer.Results;

namespace Trainer.Comparisons;

/// <summary>A configuration in a comparison.</summary>
/// <param name="Group">Its runs, label, configuration.</param>
/// <param name="Counted">The runs whose figures count: the complete ones.</param>
/// <param name="Values">By column the figure of each counted run; null where it has none.</param>
/// <param name="Spreads">By column the spread of those figures; null where there is none.</param>
internal sealed record ComparedGroup(
    RunGroup Group, IReadOnlyList<RunEntry> Counted,
    IReadOnlyDictionary<string, IReadOnlyList<double?>> Values, IReadOnlyDictionary<string, Spread?> Spreads)
{
    /// <summary>What tells it from the others.</summary>
    public string Label => Group.Label;

    /// <summary>"4 of 10 seeds diverged": runs that came to a bad end, so that the figures are those of the lucky ones; null of none.</summary>
    public string? Lost
    {
        get
        {
            IReadOnlyList<RunEntry> runs = Group.Runs;
            string[] ends = [.. new[] { (State: RunState.Diverged, Word: "diverged"), (State: RunState.Failed, Word: "failed") }
                .Select(end => (Count: runs.Count(run => run.Status.State == end.State), end.Word))
                .Where(end => end.Count > 0)
                .Select(end => FormattableString.Invariant($"{end.Count} of {runs.Count} {(runs.Count == 1 ? "seed" : "seeds")} {end.Word}"))];
            return ends.Length == 0 ? null : string.Join(", ", ends);
        }
    }
}
