using System.Globalization;
using Trainer.Charts;

namespace Trainer.Comparisons;

/// <summary>The groups of a search over three keys and more, as lines across their values to the metric.</summary>
internal static class GridParallelAxes
{
    // The best are what is looked for; with more colours no line could be followed.
    private const int MostColoured = 5;
    private const int MostTicks = 7;

    // 5000, and not 5E+03; 1E+20, and not twenty zeros.
    private const double MostInThreeDigits = 1e3;
    private const double MostWritten = 1e7;

    /// <summary>Builds the picture; groups without a figure have no line to the last axis.</summary>
    public static ParallelAxes Of(Comparison comparison, SweepGrid grid)
    {
        double[] means = [.. comparison.Groups.Select(group => group.Spreads[comparison.Metric.Key]?.Mean).OfType<double>()];
        (double low, double high) = means.Length == 0 ? (0, 0) : (means.Min(), means.Max());
        Func<int, double?>[] places = [.. grid.Shared.Select(PlaceOn),
            group => comparison.Groups[group].Spreads[comparison.Metric.Key] is { } spread ? Part(spread.Mean, low, high) : null];
        string sets = string.Join(", ", comparison.Groups.Select(group => group.Group.Data.Name).Distinct());
        return new ParallelAxes
        {
            Title = $"{KeyFigure.Capitalised(comparison.Metric.Title)} over {grid.Shared.Count} keys on {sets}",
            Subtitle = $"A line for each of {grid.Count} groups, means over seeds; the best {Math.Min(MostColoured, means.Length)} in colour",
            AltText = $"Parallel coordinates of {grid.Count} groups over {string.Join(", ", grid.Shared.Select(key => key.Name))} and {comparison.Metric.Title} on {sets}.",
            Axes = [.. grid.Shared.Select(key => AxisOf(grid, key)), new ParallelAxis(comparison.Metric.Title, [(0, Text(low, comparison)), (1, Text(high, comparison))])],
            // The best are first, and have to be drawn last.
            Lines = [.. Enumerable.Range(0, grid.Count).Reverse().Select(group => new ParallelLine(
                [.. places.Select(place => place(group))],
                group < MostColoured && places[^1](group) is not null ? group : null,
                group < MostColoured && comparison.Groups[group].Spreads[comparison.Metric.Key] is { } spread ? Text(spread.Mean, comparison) : ""))],
        };
    }

    private static Func<int, double?> PlaceOn(VariedKey key)
    {
        IReadOnlyList<string> values = key.Distinct;
        (double low, double high) = key.IsNumeric ? (Scaled(key, values[0]), Scaled(key, values[^1])) : (0, values.Count - 1);
        var places = values.Index().ToDictionary(value => value.Item, value => value.Index, StringComparer.Ordinal);
        return group => Part(key.IsNumeric ? Scaled(key, key.Values[group]) : places[key.Values[group] ?? "none"], low, high);
    }

    private static ParallelAxis AxisOf(SweepGrid grid, VariedKey key)
    {
        IReadOnlyList<string> values = key.Distinct;
        // Of many values every second, third, ... and the last.
        int step = (values.Count + MostTicks - 1) / MostTicks;
        return new ParallelAxis(grid.Title(key), [.. values.Index().Where(value => (values.Count - 1 - value.Index) % step == 0).Select(value =>
            (key.IsNumeric
                ? Part(Scaled(key, value.Item), Scaled(key, values[0]), Scaled(key, values[^1]))
                : Part(value.Index, 0, values.Count - 1),
            Shown(value.Item)))]);
    }

    private static double Scaled(VariedKey key, string? value)
    {
        double number = VariedKey.NumberOf(value) ?? double.NaN;
        return key.IsLogarithmic ? Math.Log(number) : number;
    }

    private static double Part(double value, double low, double high) => high > low ? (value - low) / (high - low) : 0.5;

    /// <summary>A random draw has seventeen digits, of which three are read.</summary>
    private static string Shown(string value) => VariedKey.NumberOf(value) is { } number
        ? number.ToString(Math.Abs(number) is >= MostInThreeDigits and < MostWritten ? "0" : "G3", CultureInfo.InvariantCulture) : value;

    private static string Text(double value, Comparison comparison) => comparison.Metric.IsFraction
        ? (100 * value).ToString("0.0", CultureInfo.InvariantCulture) + "%"
        : value.ToString("G4", CultureInfo.InvariantCulture);
}
