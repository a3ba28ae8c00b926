using System.Globalization;

namespace Trainer.Charts;

/// <summary>The figure of one run: loss above, accuracy below, train against test, and validation where there is one.</summary>
internal static class CurvesFigure
{
    // The untrained network's loss and accuracy lie so far off that they would press everything learnt into a few
    // pixels. With this many epochs measured, and all of them within this part of the whole range, the axis leaves
    // epoch 0 out, says so beside the heading, and the lines enter through the frame.
    private const int FewestEpochsToFocus = 5;
    private const double LargestPartToFocus = 0.6;

    // A loss that spans more than this ratio has exploded; on a linear axis only its last values would be seen.
    private const double SmallestRatioForLogarithm = 1e4;

    // Longer than this, a configuration's name would push the data set and the seed out of the title.
    private const int LongestName = 48;

    /// <summary>Builds the figure.</summary>
    /// <exception cref="ArgumentException">A list has another length than the epochs.</exception>
    public static Figure Of(RunCurves run)
    {
        Series[] losses = [.. Lines(run, run.TrainLoss, run.TestLoss, run.ValidationLoss, LossText)];
        Series[] accuracies = [.. Lines(run, run.TrainAccuracy, run.TestAccuracy, run.ValidationAccuracy, PercentText)];
        string seed = run.Seed.ToString(CultureInfo.InvariantCulture);
        return new Figure
        {
            Title = $"{ShortName(run.ConfigName)} on {run.DataSetName}, seed {seed}",
            Subtitle = Summary(run, accuracies),
            AltText = $"Two line charts of {run.ConfigName} on {run.DataSetName}, seed {seed}, over {EpochsText(run)}. "
                + $"Loss at the end: {EndsText(losses)}. Accuracy at the end: {EndsText(accuracies)}.",
            Panels =
            [
                Panel(run, "Loss", run.LossName, AxisFormat.Number, losses, LossText) with
                {
                    Markers = Best(run, $"best validation: epoch {run.BestValidationEpoch}"),
                },
                Panel(run, "Accuracy", "images classified correctly", AxisFormat.Percent, accuracies, PercentText) with
                {
                    X = new Axis { Label = "epoch", Format = AxisFormat.Integer },
                    Markers = Best(run, ""),
                },
            ],
        };
    }

    private static Panel Panel(
        RunCurves run, string title, string label, AxisFormat format, IReadOnlyList<Series> series, Func<double, string> text)
    {
        var axis = new Axis { Label = label, Format = format };
        return new Panel
        {
            Title = title,
            X = new Axis { Format = AxisFormat.Integer },
            Y = Fit(run, axis, series, text),
            Series = series,
        };
    }

    private static IEnumerable<Series> Lines(
        RunCurves run, IReadOnlyList<double>? train, IReadOnlyList<double>? test, IReadOnlyList<double>? validation,
        Func<double, string> text)
    {
        (string Name, int Colour, LineStyle Style, IReadOnlyList<double>? Values)[] lines =
        [
            ("train", Palette.Train, LineStyle.Solid, train),
            ("validation", Palette.Validation, LineStyle.Dashed, validation),
            ("test", Palette.Test, LineStyle.Solid, test),
        ];
        foreach ((string name, int colour, LineStyle style, IReadOnlyList<double>? values) in lines)
        {
            if (values is null)
            {
                continue;
            }
            if (values.Count != run.Epochs.Count)
            {
                throw new ArgumentException($"{values.Count} values of {name} for {run.Epochs.Count} epochs", nameof(run));
            }
            int last = LastFinite(values);
            if (last >= 0)
            {
                // A value that is not the last epoch's must not pass for it.
                string late = last == values.Count - 1 ? "" : $" (ep. {run.Epochs[last]})";
                yield return new Series
                {
                    Name = name,
                    Colour = colour,
                    Style = style,
                    X = [.. run.Epochs.Select(epoch => (double)epoch)],
                    Y = values,
                    EndLabel = text(values[last]) + late,
                };
            }
        }
    }

    /// <summary>
    /// The axis that shows most: whole when there is one epoch only, logarithmic for a loss that exploded, and ending
    /// at what was measured from epoch 1 on where epoch 0 would dwarf it.
    /// </summary>
    private static Axis Fit(RunCurves run, Axis axis, IReadOnlyList<Series> series, Func<double, string> text)
    {
        double[] all = [.. series.SelectMany(line => line.Y).Where(double.IsFinite)];
        double[] trained = [.. Where(epoch => epoch > 0)];
        double[] untrained = [.. Where(epoch => epoch == 0)];
        if (run.Epochs.Count == 1)
        {
            return axis with { Minimum = 0, Maximum = axis.Format == AxisFormat.Percent ? 1 : null };
        }
        if (all.Length > 0 && all.Min() > 0 && all.Max() / all.Min() > SmallestRatioForLogarithm)
        {
            return axis with { Scale = AxisScale.Logarithmic, Label = $"{axis.Label}, logarithmic" };
        }
        bool dwarfed = untrained.Length > 0
            && run.Epochs.Count(epoch => epoch > 0) >= FewestEpochsToFocus && trained.Length > 0
            && trained.Max() - trained.Min() <= LargestPartToFocus * (all.Max() - all.Min());
        return !dwarfed ? axis : axis with
        {
            Label = $"{axis.Label} (epoch 0, off the scale: {text(untrained[^1])})",
            Minimum = trained.Min(),
            Maximum = trained.Max(),
        };

        IEnumerable<double> Where(Func<int, bool> epochs) =>
            series.SelectMany(line => line.Y.Where((_, i) => epochs(run.Epochs[i]))).Where(double.IsFinite);
    }

    private static Marker[] Best(RunCurves run, string label) =>
        run.BestValidationEpoch is { } epoch ? [new Marker(label, epoch)] : [];

    private static string? Summary(RunCurves run, IReadOnlyList<Series> accuracies)
    {
        Series? test = accuracies.FirstOrDefault(line => line.Colour == Palette.Test);
        string? result = test is null ? null : Result(run, test.Y);
        return run.Setting is null || result is null ? result ?? run.Setting : $"{run.Setting}. {result}";
    }

    private static string Result(RunCurves run, IReadOnlyList<double> accuracies)
    {
        int last = LastFinite(accuracies);
        int epoch = run.Epochs[last];
        string text = epoch == 0
            ? $"Test accuracy of the untrained network: {PercentText(accuracies[last])}"
            : $"Test accuracy after {Count(epoch)}: {PercentText(accuracies[last])}";
        return run.PlannedEpochs is { } planned && run.Epochs[^1] < planned ? $"{text}; stopped before epoch {planned}" : text;
    }

    private static string EpochsText(RunCurves run) => run.Epochs.Count switch
    {
        0 => "no epochs",
        1 => $"epoch {run.Epochs[0]} alone",
        _ => $"epochs {run.Epochs[0]} to {run.Epochs[^1]}",
    };

    private static string EndsText(IReadOnlyList<Series> series) => series.Count == 0
        ? "not measured"
        : string.Join(", ", series.Select(line => $"{line.Name} {line.EndLabel}"));

    private static string ShortName(string name)
    {
        var elements = new StringInfo(name);
        return elements.LengthInTextElements <= LongestName
            ? name
            : elements.SubstringByTextElements(0, LongestName - 1).TrimEnd() + "\u2026";
    }

    private static string Count(int epochs) => epochs == 1 ? "1 epoch" : $"{epochs} epochs";

    private static int LastFinite(IReadOnlyList<double> values)
    {
        int last = values.Count - 1;
        while (last >= 0 && !double.IsFinite(values[last]))
        {
            last--;
        }
        return last;
    }

    private static string LossText(double value)
    {
        string format = Math.Abs(value) switch
        {
            >= 0.1 and < 1000 or 0 => "0.000",
            >= 0.01 and < 0.1 => "0.0000",
            >= 0.001 and < 0.01 => "0.00000",
            _ => "0.0e0",
        };
        return value.ToString(format, CultureInfo.InvariantCulture);
    }

    private static string PercentText(double value) => (value * 100).ToString("0.0", CultureInfo.InvariantCulture) + "%";
}
