using System.Runtime.CompilerServices;

namespace Trainer.Data.Garments;

/// <summary>
/// The material of one garment as light, in every pixel: a tone, up to two waves of stripes (two make a plaid), soft
/// folds and a gradient of the lamp. Panels are cut from it.
/// </summary>
internal sealed class Cloth
{
    private const int Knots = 6;
    private const float KnotsPerPixel = (Knots - 1f) / Canvas.Side;

    private readonly float[] _light = new float[Canvas.Side * Canvas.Side];
    private readonly float[] _folds = new float[Knots * Knots];
    private readonly float[] _spread = new float[Knots * Canvas.Side];

    /// <summary>Light of each pixel, row-major; about 0 … 1.</summary>
    public ReadOnlySpan<float> Light => _light;

    /// <summary>The tone before stripes and folds.</summary>
    public float Tone { get; private set; }

    /// <summary>Weaves the cloth of a garment. <paramref name="patterned"/> is the probability of stripes or a plaid.</summary>
    public void Weave(Dice dice, Pose pose, float patterned)
    {
        // Bright garments are the commoner ones, and some are nearly as dark as the ground.
        float darkness = dice.Between(0, 1);
        Tone = 0.94f - 0.72f * darkness * darkness;
        Pose toGarment = pose.InverseWithoutBend();
        Stripes across = default, along = default;
        if (dice.Chance(patterned))
        {
            int kind = dice.Below(5);
            if (kind != 0)
            {
                across = Stripes.Random(dice, toGarment.YX, toGarment.YY, toGarment.Y0);
            }
            if (kind is 0 or >= 3)
            {
                along = Stripes.Random(dice, toGarment.XX, toGarment.XY, toGarment.X0);
            }
        }
        float depth = dice.Between(0.02f, 0.22f);
        for (int i = 0; i < _folds.Length; i++)
        {
            _folds[i] = Tone * (1 + dice.Around(0, depth));
        }
        Shade(across, along, dice.Around(0, 0.012f), dice.Around(0, 0.012f));
    }

    /// <summary>light = folds · (1 + stripes) · (1 + lampX·(x − middle) + lampY·(y − middle)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Shade(Stripes across, Stripes along, float lampX, float lampY)
    {
        SpreadFolds();
        bool plain = across.Contrast == 0 && along.Contrast == 0;
        for (int row = 0; row < Canvas.Side; row++)
        {
            float at = row * KnotsPerPixel;
            int knot = (int)at;
            float part = at - knot;
            ReadOnlySpan<float> above = _spread.AsSpan(knot * Canvas.Side, Canvas.Side);
            ReadOnlySpan<float> below = _spread.AsSpan((knot + 1) * Canvas.Side, Canvas.Side);
            float rowLamp = 1 + lampY * (row - Canvas.Side / 2) - lampX * (Canvas.Side / 2);
            Span<float> light = _light.AsSpan(row * Canvas.Side, Canvas.Side);
            for (int column = 0; column < light.Length; column++)
            {
                float fold = above[column] + (below[column] - above[column]) * part;
                light[column] = fold * (rowLamp + lampX * column);
            }
            if (!plain)
            {
                for (int column = 0; column < light.Length; column++)
                {
                    light[column] *= 1 + across.At(column, row) + along.At(column, row);
                }
            }
        }
    }

    /// <summary>The folds in every column, for the few rows that have knots.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SpreadFolds()
    {
        for (int column = 0; column < Canvas.Side; column++)
        {
            float at = column * KnotsPerPixel;
            int knot = (int)at;
            float part = at - knot;
            for (int row = 0; row < Knots; row++)
            {
                float left = _folds[row * Knots + knot];
                _spread[row * Canvas.Side + column] = left + (_folds[row * Knots + knot + 1] - left) * part;
            }
        }
    }
}
