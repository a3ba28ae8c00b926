using Trainer.Catalogs;

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
}
