using System.Globalization;
using Trainer.Charts;
using Trainer.Results;

namespace Trainer.Benchmarks.Growth;

/// <summary>The picture of a sweep: measured, and what the arithmetic alone would take, on logarithmic axes.</summary>
internal static class GrowthFigure
{
    /// <summary>Builds it.</summary>
    public static Figure Of(Sweep sweep, IReadOnlyList<GrowthRow> rows)
    {
        Hardware hardware = Hardware.Current();
        return new Figure
        {
            Title = $"Training time by {sweep.Name}",
            Subtitle = $"{sweep.Fixed}; ReLU, SGD; {hardware.Processor}, {hardware.Cores} cores; band: quartiles",
            AltText = $"A line chart of the time that a row of training takes, by {sweep.Quantity}: "
                + string.Join(", ", rows.Select(row => Text($"{row.X:0}: {row.Median:0.###} microseconds"))) + ".",
            Panels =
            [
                new Panel
                {
                    Title = "Time per row",
                    X = sweep.IsCount
                        ? new Axis { Label = sweep.Quantity, Format = AxisFormat.Integer }
                        : new Axis { Label = sweep.Quantity, Scale = AxisScale.Logarithmic },
                    Y = new Axis { Label = "microseconds, logarithmic", Scale = AxisScale.Logarithmic },
                    Series =
                    [
                        Line("at the fma peak", 1, rows, row => row.AtPeak) with { Style = LineStyle.Dashed },
                        Line("measured", 0, rows, row => row.Median) with
                        {
                            Low = [.. rows.Select(row => row.Low)],
                            High = [.. rows.Select(row => row.High)],
                        },
                    ],
                },
            ],
        };
    }

    private static Series Line(string name, int colour, IReadOnlyList<GrowthRow> rows, Func<GrowthRow, double> value) => new()
    {
        Name = name,
        Colour = colour,
        X = [.. rows.Select(row => row.X)],
        Y = [.. rows.Select(value)],
        EndLabel = Text($"{value(rows[^1]):0.##}"),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
