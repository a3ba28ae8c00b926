using System.ComponentModel;
using Trainer.Configuration;

namespace Trainer.Augmentations;

/// <summary>Slants an image: x ← x + tan φ · y about its centre, φ uniform in ±<see cref="Degrees"/>; rows stay rows.</summary>
[Description("slants the image: its rows move against each other")]
public sealed record Shear
{
    /// <summary>The largest angle that an upright line leans by, in degrees.</summary>
    [Bounds(0, 80)]
    [Description("largest angle that an upright line leans to either side, in degrees")]
    public required double Degrees { get; init => field = Guard.InBounds<Shear>(value); }
}
