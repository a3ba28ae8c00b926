using System.Buffers.Binary;

namespace Trainer.Images;

/// <summary>The chunks PLTE and tRNS: colours by number, and what is transparent.</summary>
internal sealed class PngPalette
{
    private byte[] _colours = [];
    private byte[]? _transparency;

    /// <summary>Whether something is transparent.</summary>
    public bool HasTransparency => _transparency is not null;

    /// <summary>Takes red, green, blue of each colour.</summary>
    /// <exception cref="InvalidDataException">No whole colours, or too many.</exception>
    public void SetColours(ReadOnlySpan<byte> chunk) => _colours = chunk.Length % 3 == 0 && chunk.Length is > 0 and <= 3 * 256
        ? chunk.ToArray()
        : throw new InvalidDataException($"is damaged: a palette of {chunk.Length} bytes");

    /// <summary>Takes the alpha of each colour, or the samples of the one transparent colour.</summary>
    public void SetTransparency(ReadOnlySpan<byte> chunk) => _transparency = chunk.ToArray();

    /// <summary>Red, green and blue of colour <paramref name="number"/>.</summary>
    /// <exception cref="InvalidDataException">There is no such colour.</exception>
    public ReadOnlySpan<byte> Colour(int number) => 3 * number < _colours.Length
        ? _colours.AsSpan(3 * number, 3)
        : throw new InvalidDataException($"is damaged: its palette has no colour {number}");

    /// <summary>Alpha of colour <paramref name="number"/>; colours without one are opaque.</summary>
    public byte Alpha(int number) => _transparency is { } alpha && number < alpha.Length ? alpha[number] : byte.MaxValue;

    /// <summary>Whether these samples are the transparent colour.</summary>
    public bool IsTransparent(ReadOnlySpan<int> samples)
    {
        if (_transparency is not { } key || key.Length != 2 * samples.Length)
        {
            return false;
        }
        for (int k = 0; k < samples.Length; k++)
        {
            if (BinaryPrimitives.ReadUInt16BigEndian(key.AsSpan(2 * k)) != samples[k])
            {
                return false;
            }
        }
        return true;
    }
}
