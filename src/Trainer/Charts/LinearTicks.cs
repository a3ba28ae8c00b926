namespace Trainer.Charts;

/// <summary>Round ticks at equal distances.</summary>
internal static class LinearTicks
{
    /// <summary>The ticks from the last at or below <paramref name="minimum"/> to the first at or above <paramref name="maximum"/>.</summary>
    /// <param name="minimum">Lower end, finite.</param>
    /// <param name="maximum">Upper end, above the lower.</param>
    /// <param name="most">How many steps there may be; 2 or more.</param>
    /// <param name="format">How they are written; an integer axis has ticks at whole numbers only.</param>
    public static IReadOnlyList<Tick> Around(double minimum, double maximum, int most, AxisFormat format)
    {
        RoundStep step = RoundStep.For(minimum, maximum, most, format == AxisFormat.Integer);
        return Between(step.Below(minimum), step.Above(maximum), step, format);
    }

    /// <summary>The ticks inside the interval, at least one; on an integer axis the ends must be whole numbers.</summary>
    /// <inheritdoc cref="Around"/>
    public static IReadOnlyList<Tick> Inside(double minimum, double maximum, int most, AxisFormat format)
    {
        RoundStep step = RoundStep.For(minimum, maximum, most, format == AxisFormat.Integer);
        while (step.Above(minimum) > step.Below(maximum))
        {
            step = step.Previous();
        }
        return Between(step.Above(minimum), step.Below(maximum), step, format);
    }

    private static List<Tick> Between(double first, double last, RoundStep step, AxisFormat format)
    {
        var ticks = new List<Tick>();
        for (double index = first; index <= last; index++)
        {
            ticks.Add(new Tick(step.At(index), TickText.Of(step.At(index), step, format)));
        }
        return ticks;
    }
}
