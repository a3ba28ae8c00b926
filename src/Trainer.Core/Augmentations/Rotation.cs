using System.ComponentModel;
using Trainer.Configuration;

namespace Trainer.Augmentations;

/// <summary>Turns an image about its centre by θ, uniform in ±<see cref="Degrees"/>; θ &gt; 0 is counter-clockwise.</summary>
[Description("turns the image about its centre")]
public sealed record Rotation
{
    /// <summary>The largest angle, in degrees.</summary>
    [Bounds(0, 180)]
    [Description("largest angle to either side, in degrees")]
    public required double Degrees { get; init => field = Guard.InBounds<Rotation>(value); }
}
