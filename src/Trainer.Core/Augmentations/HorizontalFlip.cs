using System.ComponentModel;
using Trainer.Configuration;

namespace Trainer.Augmentations;

/// <summary>Mirrors an image, left to right, with probability <see cref="Probability"/>.</summary>
[Description("mirrors the image, left to right")]
public sealed record HorizontalFlip
{
    /// <summary>How often; 1 mirrors every image.</summary>
    [Bounds(0, 1)]
    [Description("how often; 1 mirrors every image")]
    public double Probability { get; init => field = Guard.InBounds<HorizontalFlip>(value); } = 0.5;
}
