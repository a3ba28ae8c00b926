using System.Buffers.Binary;

namespace Trainer.Images;

/// <summary>What a PNG's first chunk, IHDR, says.</summary>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Depth">Bits of a sample.</param>
/// <param name="Colour">0 grey, 2 red, green and blue, 3 palette, 4 grey and alpha, 6 red, green, blue and alpha.</param>
internal sealed record PngHeader(int Width, int Height, int Depth, int Colour)
{
    /// <summary>Greatest width and height that are read; a photograph of 16 megapixels.</summary>
    public const int MostPixelsPerSide = 4096;

    /// <summary>The colour type whose samples are places in a palette.</summary>
    public const int Palette = 3;

    private const int Length = 13;

    /// <summary>Samples of a pixel, as they lie in the file.</summary>
    public int Samples => Colour switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };

    /// <summary>Bytes of a row, without its filter's.</summary>
    public int RowBytes => (Width * Samples * Depth + 7) / 8;

    /// <summary>Distance of a byte from the one that filters compare it with.</summary>
    public int FilterDistance => Math.Max(1, Samples * Depth / 8);

    /// <summary>Bytes of all rows with their filters'.</summary>
    public long DataBytes => (long)Height * (RowBytes + 1);

    /// <summary>Reads the chunk.</summary>
    /// <exception cref="InvalidDataException">It says something that cannot be, or that is not read here.</exception>
    public static PngHeader Parse(ReadOnlySpan<byte> data)
    {
        if (data.Length != Length)
        {
            throw new InvalidDataException($"its header has {data.Length} bytes in place of {Length}");
        }
        uint width = BinaryPrimitives.ReadUInt32BigEndian(data);
        uint height = BinaryPrimitives.ReadUInt32BigEndian(data[4..]);
        if (width == 0 || height == 0 || width > MostPixelsPerSide || height > MostPixelsPerSide)
        {
            throw new InvalidDataException($"is {width}x{height} pixels, where 1x1 to {MostPixelsPerSide}x{MostPixelsPerSide} are read; make it smaller");
        }
        (int depth, int colour) = (data[8], data[9]);
        bool known = colour switch
        {
            0 => depth is 1 or 2 or 4 or 8 or 16,
            Palette => depth is 1 or 2 or 4 or 8,
            2 or 4 or 6 => depth is 8 or 16,
            _ => false,
        };
        if (!known || data[10] != 0 || data[11] != 0 || data[12] > 1)
        {
            throw new InvalidDataException($"is of no kind that PNG knows (colour type {colour}, {depth} bits)");
        }
        return data[12] == 0
            ? new PngHeader((int)width, (int)height, depth, colour)
            : throw new InvalidDataException("is interlaced, which is not read here; save it without interlacing");
    }
}
