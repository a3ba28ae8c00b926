using System.Globalization;

namespace Trainer.Charts;

/// <summary>The figure of a learning rate over the steps of a run.</summary>
internal static class ScheduleFigure
{
    // More points than a picture has pixels across would only make the file larger.
    private const int MostPlaces = 2000;

    /// <summary>Builds the figure.</summary>
    /// <param name="curve">What is drawn.</param>
    /// <exception cref="ArgumentException">There is no step.</exception>
    public static Figure Of(RateCurve curve)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(curve.StepCount, 1);
        long[] places = Places(curve.StepCount, curve.StepsPerEpoch);
        double[] rates = Array.ConvertAll(places, step => curve.Rate(step));
        string ends = $"First rate {Text(rates[0])}, highest {Text(rates.Max())}, last {Text(rates[^1])}";
        return new Figure
        {
            Title = $"Learning rate of {curve.Name}",
            Subtitle = $"{curve.Setting}. {ends}",
            AltText = $"A line chart of the learning rate over {curve.StepCount} steps, schedule {curve.ScheduleName}. {ends}.",
            Panels =
            [
                new Panel
                {
                    Title = "Learning rate",
                    X = new Axis { Label = $"step ({curve.StepsPerEpoch} an epoch)", Format = AxisFormat.Integer },
                    Y = new Axis { Label = curve.WarmupSteps is { } end ? $"of each step (dotted: end of the warm-up, step {end})" : "of each step", Minimum = 0 },
                    Series =
                    [
                        new Series
                        {
                            Name = curve.ScheduleName,
                            Colour = Palette.Train,
                            X = Array.ConvertAll(places, step => (double)step),
                            Y = rates,
                            EndLabel = Text(rates[^1]),
                        },
                    ],
                    Markers = curve.WarmupSteps is { } warm ? [new Marker("", warm)] : [],
                },
            ],
        };
    }

    /// <summary>Steps at equal distances, the last one, and both sides of each epoch's end, where a rate may jump.</summary>
    private static long[] Places(long count, long perEpoch)
    {
        long epochs = (count + perEpoch - 1) / perEpoch;
        IEnumerable<long> regular = Every((count + MostPlaces - 1) / MostPlaces);
        IEnumerable<long> jumps = epochs <= MostPlaces ? Every(perEpoch).SelectMany(first => (long[])[first, first + perEpoch - 1]) : [];
        return [.. regular.Concat(jumps).Append(count).Where(step => step <= count).Distinct().Order()];

        IEnumerable<long> Every(long distance)
        {
            for (long step = 1; step <= count; step += distance)
            {
                yield return step;
            }
        }
    }

    private static string Text(double rate) =>
        rate.ToString(rate is >= 1e-3 and < 1e4 or 0 ? "0.#####" : "0.##e0", CultureInfo.InvariantCulture);
}
