using Trainer.Comparisons;

namespace Trainer.Reports;

/// <summary>All that a page is made of, read from files; a page has no clock in it, so the same files give the same bytes.</summary>
internal sealed record Report
{
    /// <summary>The headline; names the data set.</summary>
    public required string Title { get; init; }

    /// <summary>What somebody wanted to know; null where nobody said.</summary>
    public string? Question { get; init; }

    /// <summary>The runs, side by side.</summary>
    public required Comparison Comparison { get; init; }

    /// <summary>What <c>trainer eval</c> found of a run of each group, in the order of the groups.</summary>
    public required IReadOnlyList<GroupEvaluation> Evaluations { get; init; }

    /// <summary>Pictures of the keys that were varied, SVG.</summary>
    public IReadOnlyList<string> Pictures { get; init; } = [];

    /// <summary>The command that makes the page.</summary>
    public required string Command { get; init; }

    /// <summary>The headline for those who gave none: the groups, and the data set.</summary>
    public static string TitleOf(Comparison comparison)
    {
        const int mostNamed = 4;
        string[] labels = [.. comparison.Groups.Select(group => group.Label)];
        string what = labels.Length switch
        {
            1 => labels[0],
            <= mostNamed => string.Join(", ", labels[..^1]) + " and " + labels[^1],
            _ => FormattableString.Invariant($"{labels.Length} configurations"),
        };
        return OnDataSet(what, comparison);
    }

    /// <summary>A headline that names the data set, if it does not yet.</summary>
    public static string OnDataSet(string title, Comparison comparison)
    {
        string[] sets = [.. comparison.Groups.Select(group => group.Group.Data.Name).Distinct()];
        return sets.All(set => title.Contains(set, StringComparison.OrdinalIgnoreCase)) ? title : $"{title} on {string.Join(" and ", sets)}";
    }
}
