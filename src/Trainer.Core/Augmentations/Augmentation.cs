using System.ComponentModel;
using Trainer.Configuration;

namespace Trainer.Augmentations;

/// <summary>
/// Random distortions of the training images, new ones in every epoch; <see cref="Augmenter"/> carries them out. Each is
/// optional. Validation and test images are never distorted.
/// </summary>
[Description("random distortions of the training images, new ones in every epoch")]
public sealed record Augmentation : IValidated
{
    /// <summary>Moves the image.</summary>
    public Shift? Shift { get; init; }

    /// <summary>Turns it.</summary>
    public Rotation? Rotation { get; init; }

    /// <summary>Makes it larger or smaller.</summary>
    public Scale? Scale { get; init; }

    /// <summary>Slants it.</summary>
    public Shear? Shear { get; init; }

    /// <summary>Mirrors it.</summary>
    public HorizontalFlip? HorizontalFlip { get; init; }

    /// <summary>Bends it.</summary>
    public Elastic? Elastic { get; init; }

    /// <summary>Blanks a part of it.</summary>
    public Erasing? Erasing { get; init; }

    /// <summary>Whether pixels are taken from other places than their own.</summary>
    internal bool MovesPixels =>
        Shift is not null || Rotation is not null || Scale is not null || Shear is not null
        || HorizontalFlip is not null || Elastic is not null;

    /// <inheritdoc/>
    public IEnumerable<(string Key, string Problem)> Problems() => MovesPixels || Erasing is not null
        ? []
        : [("shift", "no distortion is named; give one, as 'shift: {pixels: 2}', or leave 'augmentation' out")];
}
