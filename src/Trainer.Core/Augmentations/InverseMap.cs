using Trainer.Formulas;

namespace Trainer.Augmentations;

/// <summary>
/// Where each pixel of the distorted image comes from: q = c + A·(p − c − t), with p and q as (column, row), rows downwards,
/// c the image's centre and t the shift.
/// </summary>
/// <remarks>
/// The image is flipped, then scaled, sheared, turned and moved: p − c = t + R·K·s·F·(q − c), so
/// A = F·K⁻¹·R⁻¹/s = F·[[cos θ − k sin θ, −sin θ − k cos θ], [sin θ, cos θ]]/s, k = tan φ, F = diag(±1, 1).
/// </remarks>
/// <param name="XX">A, first row.</param>
/// <param name="XY">A, first row.</param>
/// <param name="YX">A, second row.</param>
/// <param name="YY">A, second row.</param>
/// <param name="ShiftX">t, to the right.</param>
/// <param name="ShiftY">t, downwards.</param>
internal readonly record struct InverseMap(double XX, double XY, double YX, double YY, double ShiftX, double ShiftY)
{
    /// <summary>Every pixel stays where it is, to the bit.</summary>
    public static InverseMap Identity { get; } = Of(0, 1, 0, false, 0, 0);

    /// <summary>The map of a row.</summary>
    public static InverseMap Of(Augmentation parts, RowWords words) => Of(
        parts.Rotation is { } rotation ? words.Symmetric(Place.Rotation, rotation.Degrees) : 0,
        parts.Scale is { } scale ? words.Between(Place.Scale, scale.Min, scale.Max) : 1,
        parts.Shear is { } shear ? words.Symmetric(Place.Shear, shear.Degrees) : 0,
        parts.HorizontalFlip is { } flip && words.Uniform(Place.Flip) < flip.Probability,
        parts.Shift is { } x ? words.Symmetric(Place.ShiftX, x.Pixels) : 0,
        parts.Shift is { } y ? words.Symmetric(Place.ShiftY, y.Pixels) : 0);

    /// <summary>The map for given amounts.</summary>
    /// <param name="degrees">θ, counter-clockwise as one looks at the image.</param>
    /// <param name="scale">s.</param>
    /// <param name="shearDegrees">φ; where it is positive the lower rows move to the right.</param>
    /// <param name="flip">Whether left and right change places.</param>
    /// <param name="shiftX">Pixels to the right.</param>
    /// <param name="shiftY">Pixels downwards.</param>
    public static InverseMap Of(double degrees, double scale, double shearDegrees, bool flip, double shiftX, double shiftY)
    {
        (double sine, double cosine) = Elementary64.SineAndCosine(degrees);
        (double shearSine, double shearCosine) = Elementary64.SineAndCosine(shearDegrees);
        double k = shearSine / shearCosine;
        double sign = flip ? -1 : 1;
        return new InverseMap(
            sign * (cosine - k * sine) / scale,
            sign * (-sine - k * cosine) / scale,
            sine / scale,
            cosine / scale,
            shiftX,
            shiftY);
    }
}
