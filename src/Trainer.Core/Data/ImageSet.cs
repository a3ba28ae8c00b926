namespace Trainer.Data;

/// <summary>Grey images with their labels. Pixels stay bytes, row-major, image after image; a pixel is used as byte/255.</summary>
public sealed class ImageSet
{
    /// <summary>Takes <paramref name="pixels"/> (count · rows · columns bytes) and <paramref name="labels"/> (count bytes) as they are.</summary>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public ImageSet(byte[] pixels, byte[] labels, int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (pixels.LongLength != (long)labels.Length * rows * columns)
        {
            throw new ArgumentException(
                $"{pixels.LongLength} pixels do not make {labels.Length} images of {rows}x{columns}", nameof(pixels));
        }
        Pixels = pixels;
        Labels = labels;
        Rows = rows;
        Columns = columns;
    }

    /// <summary>All pixels, (Count, Rows, Columns).</summary>
    public byte[] Pixels { get; }

    /// <summary>The class of each image, (Count).</summary>
    public byte[] Labels { get; }

    /// <summary>Height of an image in pixels.</summary>
    public int Rows { get; }

    /// <summary>Width of an image in pixels.</summary>
    public int Columns { get; }

    /// <summary>Number of images.</summary>
    public int Count => Labels.Length;

    /// <summary>Pixels of one image.</summary>
    public int PixelsPerImage => Rows * Columns;

    /// <summary>The pixels of image <paramref name="index"/>, (Rows, Columns).</summary>
    public ReadOnlySpan<byte> Image(int index) => Pixels.AsSpan(index * PixelsPerImage, PixelsPerImage);
}
