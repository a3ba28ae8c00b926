namespace Trainer.Data.Garments;

/// <summary>
/// How a garment lies in the picture: garment coordinates (origin in the middle, x to the right and y downwards, about
/// −1 … 1) to pixels. First a slight bend, x + <see cref="BendX"/>·y² and y + <see cref="BendY"/>·x², then an affine
/// map: x′ = XX·x + XY·y + X0, y′ = YX·x + YY·y + Y0.
/// </summary>
internal readonly record struct Pose(
    float XX, float XY, float X0, float YX, float YY, float Y0, float BendX, float BendY)
{
    /// <summary>Half the side of a picture in pixels.</summary>
    private const float Middle = Canvas.Side / 2f;

    /// <summary>Pixels per unit at scale 1: a garment of height 2 fills the picture.</summary>
    private const float PixelsPerUnit = Middle;

    /// <summary>A likely pose: near the middle, nearly upright, about as large as the picture.</summary>
    public static Pose Random(Dice dice)
    {
        // cos = (1 − t²)/(1 + t²), sin = 2t/(1 + t²) with t = tan(angle/2): no library's sine is asked.
        float t = dice.Around(0, 0.09f);
        float norm = 1 / (1 + t * t);
        float cosine = (1 - t * t) * norm;
        float sine = 2 * t * norm;
        float shear = dice.Around(0, 0.12f);
        float scale = PixelsPerUnit * dice.Between(0.86f, 1.04f);
        float width = scale * dice.Between(0.92f, 1.1f);
        float height = scale * dice.Between(0.94f, 1.04f);
        // Some pictures are mirror images: a shoe may point to the right.
        width = dice.Chance(0.25f) ? -width : width;
        return new Pose(
            width * cosine, height * (shear * cosine - sine), Middle + dice.Around(0, 2.2f),
            width * sine, height * (shear * sine + cosine), Middle + dice.Around(0, 2.0f),
            dice.Around(0, 0.07f), dice.Around(0, 0.05f));
    }

    /// <summary>The affine part alone, turned around: pixels to garment coordinates. What cloth is patterned by.</summary>
    public Pose InverseWithoutBend()
    {
        float scale = 1 / (XX * YY - XY * YX);
        float xx = YY * scale, xy = -XY * scale, yx = -YX * scale, yy = XX * scale;
        return new Pose(xx, xy, -(xx * X0 + xy * Y0), yx, yy, -(yx * X0 + yy * Y0), 0, 0);
    }
}
