namespace Trainer.Images;

/// <summary>Makes bytes of samples of 1 to 16 bits, colours of palette numbers, and alpha of a transparent colour.</summary>
internal sealed class PngSamples(PngHeader header, PngPalette palette)
{
    private readonly bool _hasPalette = header.Colour == PngHeader.Palette;

    // A file with alpha of its own has no transparent colour beside it.
    private readonly bool _addsAlpha = palette.HasTransparency && header.Colour is not (4 or 6);

    /// <summary>Channels of a pixel.</summary>
    public int Channels => (_hasPalette ? 3 : header.Samples) + (_addsAlpha ? 1 : 0);

    /// <summary>Expands a plain row.</summary>
    /// <param name="row">As it lies in the file.</param>
    /// <param name="pixels">Receives Channels bytes a pixel.</param>
    /// <exception cref="InvalidDataException">A palette number has no colour.</exception>
    public void Expand(ReadOnlySpan<byte> row, Span<byte> pixels)
    {
        Span<int> samples = stackalloc int[header.Samples];
        for (int x = 0; x < header.Width; x++)
        {
            for (int k = 0; k < samples.Length; k++)
            {
                samples[k] = Sample(row, x * samples.Length + k);
            }
            Span<byte> pixel = pixels.Slice(x * Channels, Channels);
            if (_hasPalette)
            {
                palette.Colour(samples[0]).CopyTo(pixel);
            }
            else
            {
                for (int k = 0; k < samples.Length; k++)
                {
                    pixel[k] = ToByte(samples[k]);
                }
            }
            if (_addsAlpha)
            {
                pixel[^1] = _hasPalette ? palette.Alpha(samples[0]) : palette.IsTransparent(samples) ? (byte)0 : byte.MaxValue;
            }
        }
    }

    // The leftmost of several samples in a byte has the highest bits.
    private int Sample(ReadOnlySpan<byte> row, int index) => header.Depth switch
    {
        8 => row[index],
        16 => (row[2 * index] << 8) | row[2 * index + 1],
        var depth => (row[index * depth / 8] >> (8 - depth - index * depth % 8)) & ((1 << depth) - 1),
    };

    /// <summary>The sample's part of the greatest, of 255.</summary>
    private byte ToByte(int sample)
    {
        int most = (1 << header.Depth) - 1;
        return (byte)((sample * 255L + most / 2) / most);
    }
}
