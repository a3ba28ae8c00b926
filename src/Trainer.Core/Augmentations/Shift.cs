using System.ComponentModel;
using Trainer.Configuration;

namespace Trainer.Augmentations;

/// <summary>Moves an image by t = (t_x, t_y), each uniform in ±<see cref="Pixels"/>, real-valued.</summary>
[Description("moves the image, right or left and up or down")]
public sealed record Shift
{
    /// <summary>The farthest that an image moves along each axis, in pixels.</summary>
    [Bounds(0, 1000)]
    [Description("farthest move along each axis, in pixels; whole pixels and what lies between")]
    public required double Pixels { get; init => field = Guard.InBounds<Shift>(value); }
}
