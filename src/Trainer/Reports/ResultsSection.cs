using System.Globalization;
using System.Xml.Linq;
using Trainer.Charts;
using Trainer.Comparisons;

namespace Trainer.Reports;

/// <summary>The table of the groups: mean ± standard deviation of each figure. A cell carries the exact numbers as data.</summary>
internal static class ResultsSection
{
    // As wide as a digit and as a point.
    private const char DigitSpace = '\u2007';
    private const char PointSpace = '\u2008';

    /// <summary>The section.</summary>
    public static XElement Of(Report report)
    {
        Comparison comparison = report.Comparison;
        ComparedColumn[] columns = Columns(comparison);
        string[][] texts = [.. columns.Select(column => MeanText.Aligned(
            [.. comparison.Groups.Select(group => group.Spreads[column.Key] is { } spread ? SpreadText.Parts(spread, column) : new MeanText(NumberText.Missing, null))], DigitSpace, PointSpace))];
        string data = string.Join(" and ", comparison.Groups.Select(group => group.Group.Data.Name).Distinct());
        return Html.Section("results", "Results",
            Html.Tag("p.quiet", $"On {data}, after the last epoch unless a column says otherwise; mean ± standard deviation over n seeds. Best by {comparison.Metric.Title} first; press a column's name to sort."),
            Html.Scroll("Results by configuration", ".wide.tall", Html.Tag(
                "table.sortable", Html.With("id", "groups"),
                Html.Tag("caption.said", $"Results on {data} by configuration"),
                Html.Tag("thead", Html.Tag("tr", Html.SortHead("configuration"), Html.SortHead("n", descendingFirst: true),
                    columns.Select(column => Html.SortHead(
                        Heading(column), descendingFirst: column.HigherIsBetter == true, sorted: column.Key != comparison.Metric.Key ? null : column.HigherIsBetter == true ? "descending" : "ascending")))),
                Html.Tag("tbody", comparison.Groups.Select((group, place) => Row(comparison, group, place, columns, texts))))));
    }

    /// <summary>The columns that any group has figures of.</summary>
    public static ComparedColumn[] Columns(Comparison comparison) =>
        [.. comparison.Columns.Where(column => comparison.Groups.Any(group => group.Spreads.GetValueOrDefault(column.Key) is not null))];

    /// <summary>A column's title with its unit.</summary>
    public static string Heading(ComparedColumn column) => column.IsFraction ? column.Title + ", %" : column.Title;

    /// <summary>The name of a group with the colour that its curves have; alone it has none, its curves are of several splits.</summary>
    public static object?[] Named(Comparison comparison, string label, int place) =>
    [
        comparison.Groups.Count == 1 ? null : Html.Tag(FormattableString.Invariant($"span.swatch.ink-{Palette.IndexOf(place)}.dash-{place / Palette.Light.Count % 3}"), Html.With("aria-hidden", "true")),
        label,
    ];

    private static XElement Row(Comparison comparison, ComparedGroup group, int place, ComparedColumn[] columns, string[][] texts) => Html.Tag(
        place == 0 && comparison.Groups.Count > 1 && group.Counted.Count > 0 && group.Lost is null ? "tr.best" : "tr", Html.With("data-group", group.Label),
        Html.RowHead(Html.With("data-value", group.Label), Named(comparison, group.Label, place)),
        Html.Tag(
            "td", Html.With("data-value", group.Counted.Count.ToString(CultureInfo.InvariantCulture)),
            group.Counted.Count.ToString(CultureInfo.InvariantCulture), group.Lost is { } lost ? $"; {lost}" : null),
        columns.Select((column, at) => Cell(group.Spreads.GetValueOrDefault(column.Key), column, texts[at][place])));

    private static XElement Cell(Spread? spread, ComparedColumn column, string text)
    {
        if (spread is null)
        {
            return Html.Tag("td", Html.With("data-value", ""), NumberText.Missing);
        }
        return Html.Tag(
            "td", Html.With("data-key", column.Key), Html.With("data-value", NumberText.Exact(spread.Mean)),
            spread.StandardDeviation is { } deviation ? Html.With("data-sd", NumberText.Exact(deviation)) : null,
            Html.With("data-n", spread.Count.ToString(CultureInfo.InvariantCulture)),
            text.Split(" ± ") is [var mean, var shown] ? [mean, Html.Tag("span.pm", " ± " + shown)] : (object[])[text]);
    }
}
