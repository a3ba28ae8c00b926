using System.Globalization;
using Trainer.Charts;

namespace Trainer.Comparisons;

/// <summary>The curves of groups over one another: mean, and a band of one standard deviation to either side.</summary>
internal static class ComparisonFigure
{
    // More lines than this nobody tells apart, whatever their colours.
    private const int MostGroups = 8;

    // A loss that spans more than this ratio has exploded somewhere; on a linear axis nothing else would be seen.
    private const double SmallestRatioForLogarithm = 1e4;

    private static readonly (string Column, string Title, string Label, AxisFormat Format)[] Panels =
    [
        ("test_accuracy", "Test accuracy", "images classified correctly", AxisFormat.Percent),
        ("test_loss", "Test loss", "mean over the images", AxisFormat.Number),
        ("train_accuracy", "Training accuracy", "at the end of each epoch", AxisFormat.Percent),
        ("train_loss", "Training loss", "at the end of each epoch", AxisFormat.Number),
    ];

    /// <summary>Builds the figure of the best groups.</summary>
    public static Figure Of(Comparison comparison)
    {
        string[] labels = [.. comparison.Groups.Select(group => group.Label).Take(MostGroups)];
        string shared = LabelParts.SharedBeginning(labels);
        string inAll = LabelParts.SharedBeginning([.. comparison.Groups.Select(group => group.Label)]);
        Panel[] panels = [.. Panels.Select(panel => PanelOf(comparison, labels, shared.Length, panel)).OfType<Panel>()];
        bool hasBands = panels.Any(panel => panel.Series.Any(line => line.Low?.Any(double.IsFinite) == true));
        string sets = string.Join(", ", comparison.Groups.Select(group => group.Group.Data.Name).Distinct());
        string which = labels.Length < comparison.Groups.Count
            ? $"The best {labels.Length} of {comparison.Groups.Count} groups by {comparison.Metric.Title}. " : "";
        return new Figure
        {
            Title = $"{(comparison.Groups.Count == 1 ? labels[0] : $"{inAll}{(inAll.Length > 0 ? "in " : "")}{comparison.Groups.Count} configurations")} on {sets}",
            Subtitle = $"{which}Lines are means over seeds ({SeedsText(comparison)}){(hasBands ? ", bands one standard deviation to either side" : "")}",
            AltText = $"Line charts by epoch of {string.Join(", ", labels)} on {sets}. At the end: "
                + string.Join("; ", panels.Select(panel => $"{panel.Title} {string.Join(", ", panel.Series.Select(line => $"{line.Name} {line.EndLabel}"))}")) + ".",
            Panels = [.. panels.Select((panel, index) => index < panels.Length - 1 ? panel : panel with { X = panel.X with { Label = "epoch" } })],
        };
    }

    private static Panel? PanelOf(
        Comparison comparison, string[] labels, int shared, (string Column, string Title, string Label, AxisFormat Format) panel)
    {
        Series[] series = [.. labels
            .Select((label, place) => comparison.Curves.FirstOrDefault(curve => curve.Label == label && curve.Column == panel.Column) is { } curve
                ? Line(curve, curve.Label[shared..], place, panel.Format) : null)
            .OfType<Series>()];
        if (series.Length == 0)
        {
            return null;
        }
        double[] values = [.. series.SelectMany(line => line.Y).Where(double.IsFinite)];
        bool exploded = panel.Format == AxisFormat.Number && values.Length > 0 && values.Min() > 0 && values.Max() / values.Min() > SmallestRatioForLogarithm;
        return new Panel
        {
            Title = panel.Title,
            X = new Axis { Format = AxisFormat.Integer },
            Y = new Axis
            {
                Label = exploded ? panel.Label + ", logarithmic" : panel.Label,
                Format = panel.Format,
                Scale = exploded ? AxisScale.Logarithmic : AxisScale.Linear,
            },
            Series = series,
        };
    }

    /// <summary>A line from epoch 1 on: the untrained network lies so far off that it would press all the rest together.</summary>
    private static Series? Line(GroupCurve curve, string name, int place, AxisFormat format)
    {
        int from = curve.Epochs.Count > 1 && curve.Epochs[0] == 0 ? 1 : 0;
        double[] mean = [.. curve.Mean.Skip(from)];
        double[] deviation = [.. curve.StandardDeviation.Skip(from)];
        int last = Array.FindLastIndex(mean, double.IsFinite);
        return last < 0 ? null : new Series
        {
            Name = name,
            Colour = place,
            Style = place < Palette.Light.Count ? LineStyle.Solid : LineStyle.Dashed,
            X = [.. curve.Epochs.Skip(from).Select(epoch => (double)epoch)],
            Y = mean,
            Low = [.. mean.Zip(deviation, (m, d) => m - d)],
            High = [.. mean.Zip(deviation, (m, d) => m + d)],
            EndLabel = Text(mean[last], format),
        };
    }

    private static string SeedsText(Comparison comparison)
    {
        int[] counts = [.. comparison.Groups.Select(group => group.Counted.Count).Where(count => count > 0).Distinct().Order()];
        return counts.Length switch { 0 => "none complete", 1 => Text(counts[0]), _ => $"{Text(counts[0])} to {Text(counts[^1])}" };
    }

    private static string Text(double value, AxisFormat format) => format == AxisFormat.Percent
        ? (100 * value).ToString("0.0", CultureInfo.InvariantCulture) + "%"
        : value.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
