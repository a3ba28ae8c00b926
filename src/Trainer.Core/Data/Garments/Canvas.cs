using System.Runtime.CompilerServices;

namespace Trainer.Data.Garments;

/// <summary>The picture while it is painted: light on a black ground. Painting uses up what the pen has closed.</summary>
internal sealed class Canvas(Coverage coverage)
{
    /// <summary>Height and width of a picture in pixels.</summary>
    public const int Side = 28;

    // Light below this is ground: it stays clean of noise, and exactly 0, as in the official pictures.
    private const float Ground = 0.03f;

    private readonly float[] _light = new float[Side * Side];

    /// <summary>Back to the black ground.</summary>
    public void Clear() => _light.AsSpan().Clear();

    /// <summary>
    /// Covers with new = <paramref name="gain"/> · cloth + <paramref name="tone"/>:
    /// light += opacity · coverage · (new − light).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Paint(Cloth cloth, float gain, float tone, float opacity)
    {
        ReadOnlySpan<float> cloths = cloth.Light;
        (int firstRow, int endRow, int firstColumn, int endColumn) = coverage.Touched;
        for (int row = firstRow; row < endRow; row++)
        {
            Span<float> differences = coverage.Row(row);
            float sum = 0;
            for (int column = firstColumn; column < endColumn; column++)
            {
                sum += differences[column];
                int pixel = row * Side + column;
                float light = _light[pixel];
                _light[pixel] = light + opacity * Part(sum) * (gain * cloths[pixel] + tone - light);
            }
            differences.Clear();
        }
        coverage.Reset();
    }

    /// <summary>Dims or brightens what is there, and leaves the ground black: light *= 1 + coverage · (gain − 1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Tint(float gain)
    {
        (int firstRow, int endRow, int firstColumn, int endColumn) = coverage.Touched;
        for (int row = firstRow; row < endRow; row++)
        {
            Span<float> differences = coverage.Row(row);
            float sum = 0;
            for (int column = firstColumn; column < endColumn; column++)
            {
                sum += differences[column];
                _light[row * Side + column] *= 1 + Part(sum) * (gain - 1);
            }
            differences.Clear();
        }
        coverage.Reset();
    }

    /// <summary>
    /// Takes the photograph: noise of deviation <paramref name="grain"/> · (0.35 + light) on everything but the ground,
    /// then bytes.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Expose(Dice dice, float grain, Span<byte> pixels)
    {
        // The sum of a word's four bytes lies around 510 with a standard deviation of 147.8: nearly normal.
        const int mean = 510;
        const float perDeviation = 1 / 147.8f;
        float scale = grain * perDeviation;
        for (int pixel = 0; pixel < pixels.Length; pixel++)
        {
            float light = _light[pixel];
            if (light < Ground)
            {
                pixels[pixel] = 0;
                continue;
            }
            uint word = dice.Word();
            uint pairs = (word & 0x00FF00FF) + ((word >> 8) & 0x00FF00FF);
            int sum = (int)((pairs & 0xFFFF) + (pairs >> 16));
            float value = 255 * (light + scale * (0.35f + light) * (sum - mean)) + 0.5f;
            pixels[pixel] = (byte)(value < 0 ? 0 : value > 255 ? 255 : value);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Part(float sum)
    {
        float part = sum < 0 ? -sum : sum;
        return part < 1 ? part : 1;
    }
}
