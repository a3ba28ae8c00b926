using System.Runtime.CompilerServices;

namespace Trainer.Data.Garments;

/// <summary>
/// One wave of stripes: a triangle wave of the phase PerColumn·x + PerRow·y + Phase, steepened and cut to ±Contrast.
/// </summary>
internal readonly record struct Stripes(float PerColumn, float PerRow, float Phase, float Steepness, float Contrast)
{
    // Keeps the phase (at most about ±10) above zero anywhere in a picture, so that truncation rounds down.
    private const float Lift = 64;

    /// <summary>Stripes along a line of garment coordinates, given as that coordinate's linear form in pixels.</summary>
    public static Stripes Random(Dice dice, float perColumn, float perRow, float offset)
    {
        float repeats = dice.Between(1.6f, 4.2f);
        return new Stripes(
            perColumn * repeats, perRow * repeats, offset * repeats + dice.Between(0, 1) + Lift,
            dice.Between(1, 4), dice.Around(0, 0.4f));
    }

    /// <summary>The change of light at a pixel, −Contrast … Contrast.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float At(int column, int row)
    {
        float phase = PerColumn * column + PerRow * row + Phase;
        float part = phase - (int)phase;
        float wave = Steepness * (part < 0.5f ? 4 * part - 1 : 3 - 4 * part);
        return Contrast * (wave > 1 ? 1 : wave < -1 ? -1 : wave);
    }
}
