using Trainer.Charts;

namespace Trainer.Comparisons;

/// <summary>The metric against one varied key: a line for each choice of the others, or points where those are too many.</summary>
internal static class KeyFigure
{
    private const int MostLines = 8;

    /// <summary>Builds the figure.</summary>
    public static Figure Of(Comparison comparison, SweepGrid grid, VariedKey key)
    {
        (double X, Spread Spread, string Others)[] points = [.. comparison.Groups
            .Select((group, place) => (X: VariedKey.NumberOf(key.Values[place]) ?? double.NaN, Spread: group.Spreads[comparison.Metric.Key], Others: grid.Others(key, place)))
            .Where(point => point.Spread is not null)
            .Select(point => (point.X, point.Spread!, point.Others))
            .OrderBy(point => point.X)];
        string[] others = [.. points.Select(point => point.Others).Distinct()];
        bool hasLines = others.Length <= MostLines && points.GroupBy(point => point.Others).Any(line => line.Skip(1).Any());
        Series[] series = hasLines
            ? [.. others.Select((name, place) => Line([.. points.Where(point => point.Others == name)], name, place))]
            : key.Distinct.Count < points.Length ? [Points(points), Best(points, comparison.Metric.HigherIsBetter != false)] : [Points(points)];
        string sets = string.Join(", ", comparison.Groups.Select(group => group.Group.Data.Name).Distinct());
        string metric = comparison.Metric.Title;
        return new Figure
        {
            Title = $"{Capitalised(metric)} by {key.Name} on {sets}",
            Subtitle = hasLines ? "Means over seeds; bands are one standard deviation to either side" : key.Distinct.Count < points.Length ? "Each point is the mean of a group over its seeds; the line joins the best" : "Each point is the mean of a group over its seeds",
            AltText = $"A chart of {metric} against {key.Name} on {sets}, from {key.Distinct[0]} to {key.Distinct[^1]}.",
            Panels =
            [
                new Panel
                {
                    Title = Capitalised(metric),
                    X = new Axis
                    {
                        Label = key.IsLogarithmic ? key.Name + ", logarithmic" : key.Name,
                        Scale = key.IsLogarithmic ? AxisScale.Logarithmic : AxisScale.Linear,
                    },
                    Y = new Axis { Format = comparison.Metric.IsFraction ? AxisFormat.Percent : AxisFormat.Number },
                    Series = series,
                },
            ],
        };
    }

    /// <summary>A title as a headline begins.</summary>
    internal static string Capitalised(string title) => char.ToUpperInvariant(title[0]) + title[1..];

    private static Series Line((double X, Spread Spread, string Others)[] points, string name, int place) => new()
    {
        Name = name.Length > 0 ? name : "mean",
        Colour = place,
        Style = place < Palette.Light.Count ? LineStyle.Solid : LineStyle.Dashed,
        X = [.. points.Select(point => point.X)],
        Y = [.. points.Select(point => point.Spread.Mean)],
        Low = [.. points.Select(point => point.Spread.Mean - (point.Spread.StandardDeviation ?? double.NaN))],
        High = [.. points.Select(point => point.Spread.Mean + (point.Spread.StandardDeviation ?? double.NaN))],
    };

    /// <summary>Single points: a gap behind each, so that none is joined to the next.</summary>
    private static Series Points((double X, Spread Spread, string Others)[] points) => new()
    {
        Name = "groups",
        Colour = Palette.Train,
        X = [.. points.SelectMany(point => new[] { point.X, point.X })],
        Y = [.. points.SelectMany(point => new[] { point.Spread.Mean, double.NaN })],
    };

    private static Series Best((double X, Spread Spread, string Others)[] points, bool higherIsBetter)
    {
        (double X, double Y)[] best = [.. points.GroupBy(point => point.X)
            .Select(there => (there.Key, higherIsBetter ? there.Max(point => point.Spread.Mean) : there.Min(point => point.Spread.Mean)))];
        return new Series { Name = "best", Colour = Palette.Test, X = [.. best.Select(point => point.X)], Y = [.. best.Select(point => point.Y)] };
    }
}
