namespace Trainer.Charts;

/// <summary>
/// An axis fitted to its data: the interval it spans, its round ticks, and the map from values to the fraction 0 … 1 of
/// the axis' length. It always spans a proper finite interval with at least one tick, whatever the data.
/// </summary>
internal sealed class AxisMap
{
    // Beyond these sizes sums and ratios of two values would overflow or vanish in binary64.
    private const double Largest = 1e300;
    private const double Smallest = 1e-290;
    private const double LargestLogarithmic = 1e250;
    private const double SmallestLogarithmic = 1e-250;

    // Values that differ by less than this part of their size are drawn as one: their tick labels would have more
    // digits than anyone reads, and binary32 itself ends at 6e-8.
    private const double RelativeResolution = 1e-6;

    // A logarithmic axis ends this part of its length beyond its data; a linear one ends on a tick.
    private const double LogarithmicMargin = 0.04;

    private readonly AxisScale _scale;

    private AxisMap(double minimum, double maximum, AxisScale scale, IReadOnlyList<Tick> ticks)
    {
        Minimum = minimum;
        Maximum = maximum;
        _scale = scale;
        Ticks = ticks;
    }

    /// <summary>Value at the axis' beginning.</summary>
    public double Minimum { get; }

    /// <summary>Value at the axis' end, above <see cref="Minimum"/>.</summary>
    public double Maximum { get; }

    /// <summary>The numbered places, ascending, all inside the interval.</summary>
    public IReadOnlyList<Tick> Ticks { get; }

    /// <summary>Fits an axis that ends exactly at its data, as time does.</summary>
    /// <inheritdoc cref="FitRound"/>
    public static AxisMap FitExact(Axis axis, IEnumerable<double> values, int most)
    {
        (double minimum, double maximum) = Interval(axis, values);
        IReadOnlyList<Tick> ticks = axis.Scale == AxisScale.Logarithmic
            ? LogarithmicTicks.Inside(minimum, maximum, most, axis.Format)
            : LinearTicks.Inside(minimum, maximum, most, axis.Format);
        return new AxisMap(minimum, maximum, axis.Scale, ticks);
    }

    /// <summary>Fits an axis that reaches a little beyond its data: to a tick when linear, by a margin when logarithmic.</summary>
    /// <param name="axis">What is known beforehand.</param>
    /// <param name="values">The data that must be visible; what <see cref="Shows(double)"/> refuses is left out.</param>
    /// <param name="most">How many steps between ticks there may be; 2 or more.</param>
    public static AxisMap FitRound(Axis axis, IEnumerable<double> values, int most)
    {
        (double minimum, double maximum) = Interval(axis, values);
        if (axis.Scale == AxisScale.Logarithmic)
        {
            double margin = Math.Exp(LogarithmicMargin * (Math.Log(maximum) - Math.Log(minimum)));
            (minimum, maximum) = (minimum / margin, maximum * margin);
            return new AxisMap(
                minimum, maximum, axis.Scale, LogarithmicTicks.Inside(minimum, maximum, most, axis.Format));
        }
        IReadOnlyList<Tick> ticks = LinearTicks.Around(minimum, maximum, most, axis.Format);
        return new AxisMap(ticks[0].Value, ticks[^1].Value, axis.Scale, ticks);
    }

    /// <summary>Whether a value can be drawn on this axis, be it beyond its ends.</summary>
    public bool Shows(double value) => Shows(value, _scale);

    /// <summary>The part of the axis' length at which <paramref name="value"/> lies; below 0 or above 1 beyond its ends.</summary>
    public double Fraction(double value) => _scale == AxisScale.Logarithmic
        ? (Math.Log(value) - Math.Log(Minimum)) / (Math.Log(Maximum) - Math.Log(Minimum))
        : (value - Minimum) / (Maximum - Minimum);

    private static bool Shows(double value, AxisScale scale) => scale == AxisScale.Logarithmic
        ? value is >= SmallestLogarithmic and <= LargestLogarithmic
        : Math.Abs(value) <= Largest;

    private static (double Minimum, double Maximum) Interval(Axis axis, IEnumerable<double> values)
    {
        double minimum = double.PositiveInfinity;
        double maximum = double.NegativeInfinity;
        foreach (double value in values.Where(value => Shows(value, axis.Scale)))
        {
            minimum = Math.Min(minimum, value);
            maximum = Math.Max(maximum, value);
        }
        minimum = axis.Minimum is { } low && Shows(low, axis.Scale) ? low : minimum;
        maximum = axis.Maximum is { } high && Shows(high, axis.Scale) ? high : maximum;
        if (axis.Format == AxisFormat.Integer && axis.Scale == AxisScale.Linear)
        {
            (minimum, maximum) = (Math.Floor(minimum), Math.Ceiling(maximum));
        }
        if (double.IsFinite(minimum) && double.IsFinite(maximum))
        {
            double size = Math.Max(Math.Abs(minimum), Math.Abs(maximum));
            return maximum - minimum > Math.Max(RelativeResolution * size, Smallest)
                ? (minimum, maximum)
                : About(minimum, axis);
        }
        return double.IsFinite(minimum) ? About(minimum, axis)
            : double.IsFinite(maximum) ? About(maximum, axis)
            : axis.Scale == AxisScale.Logarithmic ? (0.1, 1) : (0, 1);
    }

    /// <summary>An interval about a single value that does not look as if there were more to see.</summary>
    private static (double Minimum, double Maximum) About(double value, Axis axis)
    {
        if (axis.Scale == AxisScale.Logarithmic)
        {
            return (value / 2, value * 2);
        }
        if (Math.Abs(value) <= Smallest && axis.Format != AxisFormat.Integer)
        {
            return (0, 1);
        }
        double reach = axis.Format == AxisFormat.Integer
            ? Math.Max(0.5, 10 * RelativeResolution * Math.Abs(value))
            : 0.1 * Math.Abs(value);
        // A fraction of exactly one stays at the upper end: there is no accuracy of 110 %.
        bool atMostOne = axis.Format == AxisFormat.Percent && value <= 1;
        return (value - reach, atMostOne ? Math.Min(value + reach, 1) : value + reach);
    }
}
