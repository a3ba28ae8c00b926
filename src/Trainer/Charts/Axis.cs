namespace Trainer.Charts;

/// <summary>An axis: what it counts, how it is spaced and how its numbers are written.</summary>
internal sealed record Axis
{
    /// <summary>What the axis shows, with its unit; empty for none.</summary>
    public string Label { get; init; } = "";

    /// <summary>Linear or logarithmic.</summary>
    public AxisScale Scale { get; init; } = AxisScale.Linear;

    /// <summary>How the numbers at the ticks are written.</summary>
    public AxisFormat Format { get; init; } = AxisFormat.Number;

    /// <summary>Smallest value that must be visible; null to take it from the data. Lines are cut off at the frame.</summary>
    public double? Minimum { get; init; }

    /// <summary>Largest value that must be visible; null to take it from the data.</summary>
    public double? Maximum { get; init; }
}
