using System.Globalization;

namespace Trainer.Benchmarks.Cases;

/// <summary>What a figure of the benchmark should reach.</summary>
/// <param name="Kind">Which figure.</param>
/// <param name="Value">The bound.</param>
internal sealed record Target(TargetKind Kind, double Value)
{
    /// <summary>A peer should take so many times our time.</summary>
    public static Target Ratio(double times) => new(TargetKind.Ratio, times);

    /// <summary>We should reach this part of the fma peak.</summary>
    public static Target Share(double part) => new(TargetKind.Share, part);

    /// <summary>We should need no more than this, in the unit of the case.</summary>
    public static Target AtMost(double value) => new(TargetKind.AtMost, value);

    /// <summary>In words: ">= 3.2x".</summary>
    /// <param name="unit">The unit of the case's values.</param>
    public string Text(string unit) => Kind switch
    {
        TargetKind.Ratio => string.Create(CultureInfo.InvariantCulture, $">= {Value:0.0##}x"),
        TargetKind.Share => string.Create(CultureInfo.InvariantCulture, $">= {Value * 100:0}% of peak"),
        _ => string.Create(CultureInfo.InvariantCulture, $"<= {Value:0.###} {unit}"),
    };

    /// <summary>Whether it is met; null where the figure was not measured.</summary>
    /// <param name="median">The contestant's own median.</param>
    /// <param name="ratio">Its ratio to ours.</param>
    /// <param name="share">Its part of the peak.</param>
    public bool? IsMet(double? median, double? ratio, double? share) => Kind switch
    {
        TargetKind.Ratio => ratio is { } value ? value >= Value : null,
        TargetKind.Share => share is { } value ? value >= Value : null,
        _ => median is { } value ? value <= Value : null,
    };
}
