using System.Xml.Linq;
using Trainer.Charts;
using Trainer.Comparisons;

namespace Trainer.Reports;

/// <summary>The curves: loss and accuracy of each split side by side, and the learning rate where it changes.</summary>
internal static class CurvesSection
{
    private static readonly (string Prefix, string Title, int Role)[] Splits =
        [("test", "Test", Palette.Test), ("train", "Training", Palette.Train), ("val", "Validation", Palette.Validation)];

    /// <summary>The section; null where no run has recorded an epoch.</summary>
    public static XElement? Of(Report report)
    {
        IReadOnlyList<ChartSpec> charts = Charts(report.Comparison);
        if (charts.Count == 0)
        {
            return null;
        }
        bool hasBands = charts.Any(chart => chart.Series.Any(series => series.Curve.Runs.Count > 1));
        return Html.Section("curves", "Curves",
            Html.Tag("p.quiet", (hasBands ? "Lines are means over the seeds, bands one standard deviation to either side. " : "")
                + "Point at a chart to read its values; drag to zoom, double-click to see all again; press a name to hide or show it. "
                + "The training curve is measured at the end of each epoch like the test curve, so the two compare. "
                + (charts.Any(chart => chart.From is not null) ? "Charts begin at the first trained epoch; zoom out for epoch 0, the untrained network." : "")),
            hasBands ? Html.Tag("div.switches", Switch("Bands", "bands", true), Switch("Single seeds", "runs", false)) : null,
            Html.Tag("div.charts", charts.Select(Figure)),
            charts.Select(Data));
    }

    /// <summary>The charts that have something to show.</summary>
    public static IReadOnlyList<ChartSpec> Charts(Comparison comparison)
    {
        var charts = new List<ChartSpec>();
        if (comparison.Groups.Count == 1)
        {
            charts.Add(BySplit(comparison, "loss", "Loss", "loss"));
            charts.Add(BySplit(comparison, "accuracy", "Accuracy", "percent"));
        }
        else
        {
            foreach ((string prefix, string title, _) in Splits)
            {
                charts.Add(ByGroup(comparison, $"{prefix}_loss", $"{title} loss", "loss", "loss"));
                charts.Add(ByGroup(comparison, $"{prefix}_accuracy", $"{title} accuracy", "accuracy", "percent"));
            }
        }
        ChartSpec rate = ByGroup(comparison, "lr", "Learning rate", "learning rate of the epoch's last step", "number");
        if (rate.Series.Any(series => series.Curve.Runs.Any(Changes)))
        {
            charts.Add(rate);
        }
        return [.. charts.Where(chart => chart.Series.Count > 0)];
    }

    private static ChartSpec BySplit(Comparison comparison, string measure, string title, string format) => new(
        $"chart-{measure}", title, measure, format,
        [.. Splits.SelectMany(split => Curves(comparison, $"{split.Prefix}_{measure}")
            .Select(curve => new ChartSeries(split.Title.ToLowerInvariant(), split.Role, curve.Curve)))]);

    private static ChartSpec ByGroup(Comparison comparison, string column, string title, string label, string format) => new(
        $"chart-{column}", title, label, format,
        [.. Curves(comparison, column).Select(curve => new ChartSeries(curve.Curve.Label, curve.Place, curve.Curve))]);

    private static IEnumerable<(GroupCurve Curve, int Place)> Curves(Comparison comparison, string column)
    {
        string[] labels = [.. comparison.Groups.Select(group => group.Label)];
        return comparison.Curves
            .Where(curve => curve.Column == column && curve.Mean.Any(double.IsFinite))
            .Select(curve => (curve, Array.IndexOf(labels, curve.Label)));
    }

    private static bool Changes(IReadOnlyList<double> rates) => rates.Where(double.IsFinite).Distinct().Skip(1).Any();

    private static XElement Switch(string title, string what, bool isOn) => Html.Tag(
        "label",
        Html.Tag("input", Html.With("type", "checkbox"), Html.With("data-charts", ChartSpec.Sync), Html.With("data-switch", what), Html.With("checked", isOn)),
        title);

    private static XElement Figure(ChartSpec chart) => Html.Tag(
        "figure.chart", Html.With("data-chart", chart.Id),
        Html.Tag("figcaption", Html.Tag("h3", chart.Title)),
        Html.Tag("p.waiting", "The chart is drawn when it comes into view."));

    private static XElement Data(ChartSpec chart) => Html.Tag(
        "script", Html.With("type", "application/json"), Html.With("id", chart.Id), chart.Json());
}
