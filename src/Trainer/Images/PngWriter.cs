using System.Buffers.Binary;
using System.IO.Compression;

namespace Trainer.Images;

/// <summary>
/// Writes 8-bit PNG files (ISO/IEC 15948): signature, IHDR, one IDAT, IEND. Every scan line has filter type 0; the
/// pictures here are small and flat, so that no filter would repay its code. The compressed bytes may differ between
/// versions of .NET, the pixels never.
/// </summary>
internal static class PngWriter
{
    private const byte Grey = 0;
    private const byte TrueColour = 2;

    /// <summary>What every PNG file begins with.</summary>
    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    /// <summary>Writes a grey picture.</summary>
    /// <param name="destination">Receives the file; stays open.</param>
    /// <param name="pixels">width · height bytes, row by row from the top; 0 is black.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <exception cref="ArgumentException">The sizes do not fit each other.</exception>
    public static void WriteGrey(Stream destination, ReadOnlySpan<byte> pixels, int width, int height) =>
        Write(destination, pixels, width, height, Grey, bytesPerPixel: 1);

    /// <summary>Writes a picture in colour.</summary>
    /// <param name="destination">Receives the file; stays open.</param>
    /// <param name="pixels">3 · width · height bytes, row by row from the top; red, green, blue.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <exception cref="ArgumentException">The sizes do not fit each other.</exception>
    public static void WriteRgb(Stream destination, ReadOnlySpan<byte> pixels, int width, int height) =>
        Write(destination, pixels, width, height, TrueColour, bytesPerPixel: 3);

    private static void Write(
        Stream destination, ReadOnlySpan<byte> pixels, int width, int height, byte colourType, int bytesPerPixel)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (pixels.Length != (long)width * height * bytesPerPixel)
        {
            throw new ArgumentException($"{pixels.Length} bytes do not make {width}x{height} pixels", nameof(pixels));
        }
        destination.Write(Signature);

        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        header[8] = 8;
        header[9] = colourType;
        // The last three bytes, compression, filter and interlace method, are 0: the only one, the only one, none.
        header[10..].Clear();
        WriteChunk(destination, "IHDR"u8, header);
        WriteChunk(destination, "IDAT"u8, Compress(pixels, width * bytesPerPixel));
        WriteChunk(destination, "IEND"u8, []);
    }

    private static ReadOnlySpan<byte> Compress(ReadOnlySpan<byte> pixels, int bytesPerRow)
    {
        var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            for (int start = 0; start < pixels.Length; start += bytesPerRow)
            {
                zlib.WriteByte(0);
                zlib.Write(pixels.Slice(start, bytesPerRow));
            }
        }
        return compressed.GetBuffer().AsSpan(0, (int)compressed.Length);
    }

    /// <summary>A chunk: length of the data, type, data, CRC-32 of type and data.</summary>
    private static void WriteChunk(Stream destination, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        destination.Write(number);
        destination.Write(type);
        destination.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Of(type, data));
        destination.Write(number);
    }
}
