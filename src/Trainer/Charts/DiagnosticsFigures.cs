using System.Globalization;
using Trainer.Diagnostics;

namespace Trainer.Charts;

/// <summary>The figures of a run's diagnostics, a figure a family.</summary>
internal static class DiagnosticsFigures
{
    // A quantity that spans less than this ratio is read off more easily from equal distances.
    private const double SmallestRatioForLogarithm = 5;

    /// <summary>Every family that has a value to show, by the name of its file.</summary>
    public static IEnumerable<(string Family, Figure Figure)> Of(DiagnosticsCurves run)
    {
        yield return ("gradients", Figure(run, "Gradients",
            Panel(run, "Gradient norm", "of each layer's weights, on the probe rows", layer => layer.GradientNorms, always: true)));
        if (HasValues(run, layer => layer.UpdateRatios))
        {
            yield return ("updates", Figure(run, "Updates",
                Panel(run, "Update to weight", "norm of an epoch's last update over that of W", layer => layer.UpdateRatios, always: true)));
        }
        Panel[] units =
        [
            .. Shares(run, "Dead units", "of all units: slope 0 on every probe row", layer => layer.DeadShares),
            .. Shares(run, "Saturated units", "of all units and rows: slope below 5% of its largest", layer => layer.SaturatedShares),
        ];
        if (units.Length > 0)
        {
            yield return ("units", Figure(run, "Hidden units", units));
        }
        yield return ("norms", Figure(run, "Norms",
            Panel(run, "Spectral norm", "largest singular value of each layer's weights", layer => layer.SpectralNorms),
            Panel(run, "Lipschitz bound", "of the logits, by the product over the layers", [("bound", run.LipschitzBound)])));
        yield return ("noise", Figure(run, "Noise", NoisePanel(run)));
    }

    private static Figure Figure(DiagnosticsCurves run, string what, params IReadOnlyList<Panel> panels)
    {
        Panel[] all = [.. panels];
        all[^1] = all[^1] with { X = new Axis { Label = "epoch", Format = AxisFormat.Integer } };
        string ends = string.Join(". ", all.Select(panel =>
            $"{panel.Title} at the end: {string.Join(", ", panel.Series.Select(line => $"{line.Name} {line.EndLabel}"))}"));
        return new Figure
        {
            Title = $"{what}: {run.Heading}",
            Subtitle = run.Setting,
            AltText = $"{(all.Length == 1 ? "A line chart" : "Line charts")} by epoch of {run.Heading}. {ends}.",
            Panels = all,
        };
    }

    private static Panel Panel(
        DiagnosticsCurves run, string title, string label, Func<LayerCurves, IReadOnlyList<double>> values, bool always = false) =>
        Panel(run, title, label, [.. run.Layers.Select(layer => (layer.Name, values(layer)))], always);

    /// <summary>A panel with a logarithmic axis, always or where the values span enough.</summary>
    private static Panel Panel(
        DiagnosticsCurves run, string title, string label, IReadOnlyList<(string Name, IReadOnlyList<double> Values)> lines, bool always = false)
    {
        Series[] series = [.. lines.Select((line, index) => Line(run, line.Name, index, line.Values, NumberText))];
        double[] positive = [.. series.SelectMany(line => line.Y).Where(value => double.IsFinite(value) && value > 0)];
        bool logarithmic = positive.Length > 0 && (always || positive.Max() / positive.Min() >= SmallestRatioForLogarithm);
        var axis = new Axis { Label = logarithmic ? label + ", logarithmic" : label };
        return new Panel
        {
            Title = title,
            X = new Axis { Format = AxisFormat.Integer },
            Y = logarithmic ? axis with { Scale = AxisScale.Logarithmic } : axis with { Minimum = 0 },
            Series = series,
        };
    }

    /// <summary>The panel of a share, of the layers that have it; none where no layer has.</summary>
    private static IEnumerable<Panel> Shares(
        DiagnosticsCurves run, string title, string label, Func<LayerCurves, IReadOnlyList<double>> values)
    {
        Series[] series = [.. run.Layers
            .Select((layer, index) => Line(run, layer.Name, index, values(layer), PercentText))
            .Where(line => line.Y.Any(double.IsFinite))];
        if (series.Length > 0)
        {
            yield return new Panel
            {
                Title = title,
                X = new Axis { Format = AxisFormat.Integer },
                Y = new Axis { Label = label, Format = AxisFormat.Percent, Minimum = 0 },
                Series = series,
            };
        }
    }

    private static Panel NoisePanel(DiagnosticsCurves run)
    {
        // The untrained network would press what was learnt into a few pixels.
        double[] trained = [.. run.Noise.SelectMany(line => line.Accuracies.Where((_, index) => run.Epochs[index] > 0))];
        string label = $"on up to {NoiseProbe.MostRows} test images";
        return new Panel
        {
            Title = "Accuracy under noise",
            X = new Axis { Format = AxisFormat.Integer },
            Y = trained.Length == 0
                ? new Axis { Label = label, Format = AxisFormat.Percent, Minimum = 0, Maximum = 1 }
                : new Axis { Label = label + " (epoch 0 left out)", Format = AxisFormat.Percent, Minimum = trained.Min(), Maximum = trained.Max() },
            Series = [.. run.Noise.Select((line, index) => Line(run, SigmaText(line.Deviation), index, line.Accuracies, PercentText))],
        };
    }

    private static Series Line(
        DiagnosticsCurves run, string name, int colour, IReadOnlyList<double> values, Func<double, string> text) => new()
        {
            Name = name,
            Colour = colour,
            Style = colour < Palette.Light.Count ? LineStyle.Solid : LineStyle.Dashed,
            X = [.. run.Epochs.Select(epoch => (double)epoch)],
            Y = values,
            EndLabel = values.Count > 0 && double.IsFinite(values[^1]) ? text(values[^1]) : null,
        };

    private static bool HasValues(DiagnosticsCurves run, Func<LayerCurves, IReadOnlyList<double>> values) =>
        run.Layers.Any(layer => values(layer).Any(double.IsFinite));

    private static string SigmaText(double deviation) => deviation == 0
        ? "no noise"
        : "σ " + deviation.ToString("0.##", CultureInfo.InvariantCulture);

    private static string NumberText(double value) =>
        value.ToString(Math.Abs(value) is >= 0.001 and < 1000 or 0 ? "G3" : "0.0e0", CultureInfo.InvariantCulture);

    private static string PercentText(double value) => (value * 100).ToString("0.0", CultureInfo.InvariantCulture) + "%";
}
