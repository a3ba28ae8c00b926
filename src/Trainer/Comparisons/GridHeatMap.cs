using System.Globalization;
using Trainer.Charts;

namespace Trainer.Comparisons;

/// <summary>The metric over a grid of two keys.</summary>
internal static class GridHeatMap
{
    // The worst cell keeps a little colour, to be told from one without a figure.
    private const double LeastShade = 0.08;
    private const double MostShade = 0.92;

    /// <summary>Builds the map; the better, the darker.</summary>
    public static HeatMap Of(Comparison comparison, SweepGrid grid)
    {
        // A page is higher than wide: the key with more values runs downwards.
        (VariedKey rows, VariedKey columns) = grid.Keys[0].Distinct.Count >= grid.Keys[1].Distinct.Count
            ? (grid.Keys[0], grid.Keys[1])
            : (grid.Keys[1], grid.Keys[0]);
        Dictionary<(string Row, string Column), double?> byPlace = Means(comparison, rows, columns);
        double?[][] means = [.. rows.Distinct.Select(row => columns.Distinct.Select(column => byPlace.GetValueOrDefault((row, column))).ToArray())];
        double[] all = [.. means.SelectMany(row => row).OfType<double>()];
        (double low, double high) = all.Length == 0 ? (0, 0) : (all.Min(), all.Max());
        bool isPercent = comparison.Metric.IsFraction;
        string sets = string.Join(", ", comparison.Groups.Select(group => group.Group.Data.Name).Distinct());
        string unit = isPercent ? " in percent" : "";
        return new HeatMap
        {
            Title = $"{KeyFigure.Capitalised(comparison.Metric.Title)} on {sets}",
            Subtitle = $"Means over seeds{unit}; the darker the better. Rows: {rows.Name}, columns: {columns.Name}",
            AltText = $"A table of {comparison.Metric.Title}{unit} by {rows.Name} and {columns.Name} on {sets}, from {Text(low, isPercent)} to {Text(high, isPercent)}.",
            Corner = $"{grid.Title(rows)} \\ {grid.Title(columns)}",
            RowLabels = rows.Distinct,
            ColumnLabels = [.. columns.Distinct, "mean"],
            RowEnds = [.. means.Select(row => Average(row, isPercent))],
            ColumnEndsLabel = "mean",
            ColumnEnds = [.. Enumerable.Range(0, columns.Distinct.Count).Select(column => Average(means.Select(row => row[column]), isPercent))],
            Cells = [.. means.Select(row => row.Select(mean => Cell(mean, low, high, comparison)).ToArray())],
        };
    }

    /// <summary>The mean of the first, best group of each cell.</summary>
    private static Dictionary<(string Row, string Column), double?> Means(Comparison comparison, VariedKey rows, VariedKey columns)
    {
        var means = new Dictionary<(string Row, string Column), double?>();
        foreach ((int place, ComparedGroup group) in comparison.Groups.Index())
        {
            means.TryAdd((rows.Values[place] ?? "none", columns.Values[place] ?? "none"), group.Spreads[comparison.Metric.Key]?.Mean);
        }
        return means;
    }

    private static HeatMapCell Cell(double? mean, double low, double high, Comparison comparison)
    {
        if (mean is not { } value)
        {
            return new HeatMapCell(SpreadText.Missing, 0, Palette.Train);
        }
        double part = high > low ? (value - low) / (high - low) : 1;
        double better = comparison.Metric.HigherIsBetter == false ? 1 - part : part;
        return new HeatMapCell(Text(value, comparison.Metric.IsFraction), LeastShade + (MostShade - LeastShade) * better, Palette.Train);
    }

    private static string Average(IEnumerable<double?> values, bool isPercent) =>
        values.Average() is { } mean ? Text(mean, isPercent) : SpreadText.Missing;

    private static string Text(double value, bool isPercent) => isPercent
        ? (100 * value).ToString("0.0", CultureInfo.InvariantCulture)
        : value.ToString("G3", CultureInfo.InvariantCulture);
}
