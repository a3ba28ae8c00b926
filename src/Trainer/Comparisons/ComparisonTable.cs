using System.Globalization;

namespace Trainer.Comparisons;

/// <summary>The table of a comparison as text, a line a group, whatever it is then set in.</summary>
/// <param name="Headings">The columns' headings: group, runs, then figures.</param>
/// <param name="Rows">The cells.</param>
internal sealed record ComparisonTable(IReadOnlyList<string> Headings, IReadOnlyList<string[]> Rows)
{
    /// <summary>The table of <paramref name="columns"/>.</summary>
    public static ComparisonTable Of(Comparison comparison, IReadOnlyList<ComparedColumn> columns) => new(
        ["group", "seeds", .. columns.Select(SpreadText.Title)],
        [.. comparison.Groups.Select(group => (string[])
            [group.Label, Runs(group), .. columns.Select(column => SpreadText.Of(group, column))])]);

    /// <summary>The same with the digits of each column below each other.</summary>
    public static ComparisonTable Aligned(Comparison comparison, IReadOnlyList<ComparedColumn> columns)
    {
        var table = Of(comparison, columns);
        string[][] cells = [.. columns.Select(column => MeanText.Aligned(
            [.. comparison.Groups.Select(group => SpreadText.Parts(group, column))], digit: ' ', point: ' '))];
        return table with { Rows = [.. table.Rows.Select((row, place) => (string[])[.. row[..^columns.Count], .. cells.Select(column => column[place])])] };
    }

    /// <summary>The columns that say something: those with figures, of which the groups' are not all one and the same number.</summary>
    /// <returns>The metric first, then what was asked for, then the rest in their order.</returns>
    public static IReadOnlyList<ComparedColumn> Telling(Comparison comparison) =>
    [
        comparison.Metric,
        .. comparison.Columns.Where(column => column.Key == RunColumns.EpochsToTarget && column != comparison.Metric),
        .. comparison.Columns.Where(column => column.Key != RunColumns.EpochsToTarget && column != comparison.Metric && IsTelling(comparison, column)),
    ];

    /// <summary>What the table is about, in a line: data sets, and what its numbers are.</summary>
    public static string Caption(Comparison comparison)
    {
        IEnumerable<string> sets = comparison.Groups.Select(group => group.Group.Data.Name).Distinct();
        IEnumerable<int> epochs = comparison.Groups.SelectMany(group => group.Counted).Select(run => run.Rows[^1].Epoch).Distinct().Order().ToArray();
        string length = epochs.Count() switch { 0 => "", 1 => $"; after {Count(epochs.First(), "epoch")}", _ => $"; after {epochs.Min()} to {epochs.Max()} epochs" };
        return $"data set {string.Join(", ", sets)}{length}; mean ± standard deviation over seeds";
    }

    private static bool IsTelling(Comparison comparison, ComparedColumn column)
    {
        Spread[] spreads = [.. comparison.Groups.Select(group => group.Spreads[column.Key]).OfType<Spread>()];
        return spreads.Length > 0 && (spreads.Length == 1 || spreads.Min(spread => spread.Least) < spreads.Max(spread => spread.Most));
    }

    /// <summary>"10", or "6 of 10" where others do not count, with a mark where they came to a bad end.</summary>
    public static string Runs(ComparedGroup group) => group.Counted.Count == group.Group.Runs.Count
        ? Text(group.Counted.Count)
        : $"{Text(group.Counted.Count)} of {Text(group.Group.Runs.Count)}{(group.Lost is null ? "" : " !")}";

    private static string Count(int number, string what) => $"{Text(number)} {what}{(number == 1 ? "" : "s")}";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
