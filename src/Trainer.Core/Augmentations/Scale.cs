using System.ComponentModel;
using Trainer.Configuration;

namespace Trainer.Augmentations;

/// <summary>Enlarges an image about its centre s times, s uniform in [<see cref="Min"/>, <see cref="Max"/>]; below 1 it shrinks.</summary>
[Description("makes the image larger or smaller about its centre")]
public sealed record Scale : IValidated
{
    private const double Smallest = 0.01;
    private const double Largest = 100;

    /// <summary>The smallest factor.</summary>
    [Bounds(Smallest, Largest)]
    [Description("smallest factor; below 1 the image shrinks")]
    public required double Min { get; init => field = Guard.InBounds<Scale>(value); }

    /// <summary>The largest factor.</summary>
    [Bounds(Smallest, Largest)]
    [Description("largest factor")]
    public required double Max { get; init => field = Guard.InBounds<Scale>(value); }

    /// <inheritdoc/>
    public IEnumerable<(string Key, string Problem)> Problems() => Min > Max
        ? [("min", FormattableString.Invariant($"{Min} is greater than max, {Max}; exchange them"))]
        : [];
}
