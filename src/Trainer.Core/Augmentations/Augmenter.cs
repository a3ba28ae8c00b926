using System.Buffers;
using Trainer.Formulas;
using Trainer.Randomness;

namespace Trainer.Augmentations;

/// <summary>
/// Distorts images as an <see cref="Augmentation"/> says. Where each pixel comes from is one inverse map of flip, scale,
/// shear, rotation and shift, plus the elastic displacement; its value is interpolated once, bilinearly; erasing comes last.
/// </summary>
/// <remarks>
/// <para>A distorted row is a pure function of (settings, seed, epoch, row, pixels), the same to the bit on every machine: + − · /
/// and √ in binary64, our own sine, cosine, exponential and logarithm, one rounding to binary32.</para>
/// <para>Word k of row r in epoch e is word r·2³² + k of stream <see cref="RandomStream.Augmentation"/>, step e, and every part has
/// words of its own, so that one part does not move the numbers of another:
/// 0 and 1 shift in x and y, 2 rotation, 3 scale, 4 shear, 5 whether to flip, 6 whether to erase; 8 + 4a to 11 + 4a area, aspect,
/// left and top of attempt a = 0 … 9 at a rectangle; from 64 on the elastic displacements in x, a word a pixel, row by row, then
/// those in y. A word w stands for u = (w + ½)·2⁻³²; ± amounts are (2u − 1)·amount, amounts between two limits
/// low + (high − low)·u, whole numbers below n are ⌊w·n/2³²⌋, and a thing of probability p happens where u &lt; p.</para>
/// <para>Safe for several threads at once.</para>
/// </remarks>
public sealed class Augmenter
{
    private static readonly float[] Values = [.. Enumerable.Range(0, byte.MaxValue + 1)
        .Select(value => (new Scalar(value) / new Scalar(byte.MaxValue)).Value)];

    private readonly Augmentation? _settings;
    private readonly ElasticField? _elastic;

    /// <summary>What distorts as <paramref name="settings"/> say; without settings pixels become byte/255 and no more.</summary>
    public Augmenter(Augmentation? settings)
    {
        _settings = settings;
        _elastic = settings?.Elastic is { } elastic ? new ElasticField(elastic) : null;
    }

    /// <summary>x ← the distorted pixels/255, in binary32.</summary>
    /// <param name="pixels">The image, row by row.</param>
    /// <param name="width">Its width.</param>
    /// <param name="height">Its height.</param>
    /// <param name="seed">The experiment's seed.</param>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="row">The row's number in the training split.</param>
    /// <param name="x">width · height numbers.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or the row is negative.</exception>
    public void Apply(
        ReadOnlySpan<byte> pixels, int width, int height, ulong seed, uint epoch, int row, Span<float> x)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        if (width < 1 || height < 1 || pixels.Length != (long)width * height || x.Length != pixels.Length)
        {
            throw new ArgumentException($"{pixels.Length} pixels and room for {x.Length} do not fit an image of {width}x{height}");
        }
        var words = new RowWords(seed, epoch, row);
        if (_settings is { MovesPixels: true })
        {
            Move(pixels, width, height, InverseMap.Of(_settings, words), words, x);
        }
        else
        {
            for (int i = 0; i < pixels.Length; i++)
            {
                x[i] = Values[pixels[i]];
            }
        }
        if (_settings?.Erasing is { } erasing && Rectangle.Of(erasing, words, width, height) is { } rectangle)
        {
            rectangle.Erase(width, x);
        }
    }

    private void Move(ReadOnlySpan<byte> pixels, int width, int height, InverseMap map, RowWords words, Span<float> x)
    {
        if (_elastic is null)
        {
            Resampling.Apply(pixels, width, height, map, [], [], x);
            return;
        }
        int length = ElasticField.Stride(width) * height;
        double[] bends = ArrayPool<double>.Shared.Rent(2 * length);
        Span<double> bendX = bends.AsSpan(0, length), bendY = bends.AsSpan(length, length);
        _elastic.Fill(words, width, height, bendX, bendY);
        Resampling.Apply(pixels, width, height, map, bendX, bendY, x);
        ArrayPool<double>.Shared.Return(bends);
    }
}
