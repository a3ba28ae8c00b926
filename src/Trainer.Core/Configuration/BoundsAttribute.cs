namespace Trainer.Configuration;

/// <summary>
/// The interval a numeric configuration value must lie in (for a list: each element). Written once, on the property:
/// the accessor's guard (<see cref="Guard"/>), the schema and the documentation all read it here.
/// </summary>
/// <param name="minimum">Smallest value.</param>
/// <param name="maximum">Largest value.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class BoundsAttribute(double minimum, double maximum = double.PositiveInfinity) : Attribute
{
    /// <summary>Smallest value.</summary>
    public double Minimum { get; } = minimum;

    /// <summary>Largest value.</summary>
    public double Maximum { get; } = maximum;

    /// <summary>Whether <see cref="Minimum"/> itself is outside.</summary>
    public bool ExclusiveMinimum { get; init; }

    /// <summary>Whether <see cref="Maximum"/> itself is outside.</summary>
    public bool ExclusiveMaximum { get; init; }

    /// <summary>Whether <paramref name="value"/> lies inside; infinities and NaN never do.</summary>
    public bool Contains(double value) =>
        double.IsFinite(value)
        && (ExclusiveMinimum ? value > Minimum : value >= Minimum)
        && (ExclusiveMaximum ? value < Maximum : value <= Maximum);

    /// <summary>The interval in words: "greater than 0", "at least 1 and at most 4096".</summary>
    public override string ToString()
    {
        string low = FormattableString.Invariant($"{(ExclusiveMinimum ? "greater than" : "at least")} {Minimum}");
        string high = FormattableString.Invariant($"{(ExclusiveMaximum ? "less than" : "at most")} {Maximum}");
        return double.IsPositiveInfinity(Maximum) ? low : $"{low} and {high}";
    }
}
