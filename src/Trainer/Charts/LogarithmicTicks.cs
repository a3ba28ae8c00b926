namespace Trainer.Charts;

/// <summary>Round ticks for a logarithmic axis.</summary>
internal static class LogarithmicTicks
{
    private static readonly int[] Thirds = [1, 2, 5];

    /// <summary>
    /// The ticks inside an interval: 1, 2 and 5 of every decade when that is not too many, else every decade, every
    /// second, and so on; within less than a decade, where 1-2-5 would leave too few, ticks of equal distance.
    /// </summary>
    /// <param name="minimum">Lower end, positive.</param>
    /// <param name="maximum">Upper end, above the lower.</param>
    /// <param name="most">How many ticks are wanted at most; 2 or more.</param>
    /// <param name="format">How they are written.</param>
    public static IReadOnlyList<Tick> Inside(double minimum, double maximum, int most, AxisFormat format)
    {
        List<double> values = Decades(minimum, maximum, 1, Thirds);
        for (int stride = 1; values.Count > most; stride++)
        {
            values = Decades(minimum, maximum, stride, [1]);
        }
        return values.Count >= 3 || maximum / minimum > 10
            ? TickText.Of(values, format)
            : LinearTicks.Inside(minimum, maximum, most, format);
    }

    private static List<double> Decades(double minimum, double maximum, int stride, int[] mantissas)
    {
        var values = new List<double>();
        int first = (int)Math.Floor(Math.Log10(minimum));
        int last = (int)Math.Ceiling(Math.Log10(maximum));
        for (int decade = first; decade <= last; decade++)
        {
            if (decade % stride != 0)
            {
                continue;
            }
            values.AddRange(mantissas
                .Select(mantissa => new RoundStep(mantissa, decade).At(1))
                .Where(value => value >= minimum && value <= maximum));
        }
        return values;
    }
}
