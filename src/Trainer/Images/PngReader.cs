using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Trainer.Images;

/// <summary>
/// Reads PNG files (ISO/IEC 15948) of every colour type and depth, but not interlaced ones: signature, chunks with their checksums, zlib,
/// filters. What the file declares is checked against what is there before memory is taken for it.
/// </summary>
internal static class PngReader
{
    // A bit of deflate stands for at most 129 bytes: a match of the greatest length, 258, takes two.
    private const long GreatestExpansion = 129 * 8;

    // Length, type and checksum of a chunk.
    private const int ChunkFrame = 12;

    /// <summary>Whether <paramref name="file"/> begins as a PNG does.</summary>
    public static bool IsPng(ReadOnlySpan<byte> file) => file.StartsWith(PngWriter.Signature);

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="InvalidDataException">It is no PNG, damaged, or of a kind that is not read; the message says what, to stand behind the
    /// file's name.</exception>
    public static PngPicture Read(ReadOnlySpan<byte> file)
    {
        if (!IsPng(file))
        {
            throw new InvalidDataException("is no PNG");
        }
        file = file[PngWriter.Signature.Length..];
        PngHeader header = PngHeader.Parse(Chunk(ref file, out string type));
        if (type != "IHDR")
        {
            throw new InvalidDataException("does not begin with its header");
        }
        var palette = new PngPalette();
        using var data = new MemoryStream();
        for (bool ended = false; !ended;)
        {
            ReadOnlySpan<byte> chunk = Chunk(ref file, out type);
            switch (type)
            {
                case "PLTE":
                    palette.SetColours(chunk);
                    break;
                case "tRNS":
                    palette.SetTransparency(chunk);
                    break;
                case "IDAT":
                    data.Write(chunk);
                    break;
                case "IEND":
                    ended = true;
                    break;
                default:
                    ThrowIfNeeded(type);
                    break;
            }
        }
        if (header.DataBytes > GreatestExpansion * data.Length)
        {
            throw new InvalidDataException($"declares {header.Width}x{header.Height} pixels, more than its {data.Length} bytes of data can stand for");
        }
        data.Position = 0;
        return Pixels(header, palette, data);
    }

    /// <summary>Decodes row by row.</summary>
    private static PngPicture Pixels(PngHeader header, PngPalette palette, Stream data)
    {
        using var zlib = new ZLibStream(data, CompressionMode.Decompress);
        var samples = new PngSamples(header, palette);
        byte[] pixels = new byte[header.Width * header.Height * samples.Channels];
        byte[] row = new byte[header.RowBytes];
        byte[] above = new byte[header.RowBytes];
        int rowPixels = header.Width * samples.Channels;
        for (int y = 0; y < header.Height; y++)
        {
            int filter = zlib.ReadByte();
            if (filter < 0 || zlib.ReadAtLeast(row, row.Length, throwOnEndOfStream: false) < row.Length)
            {
                throw new InvalidDataException($"is cut off: {y} of {header.Height} rows of pixels are there");
            }
            PngFilter.Undo(filter, row, above, header.FilterDistance);
            samples.Expand(row, pixels.AsSpan(y * rowPixels, rowPixels));
            (row, above) = (above, row);
        }
        // Reading to the end also makes zlib compare its checksum.
        return zlib.ReadByte() < 0
            ? new PngPicture(header.Width, header.Height, samples.Channels, pixels)
            : throw new InvalidDataException($"has more data than {header.Height} rows of pixels");
    }

    /// <summary>The data of the next chunk, after comparing its checksum.</summary>
    private static ReadOnlySpan<byte> Chunk(ref ReadOnlySpan<byte> file, out string type)
    {
        if (file.Length < ChunkFrame || BinaryPrimitives.ReadUInt32BigEndian(file) > (uint)(file.Length - ChunkFrame))
        {
            throw new InvalidDataException("is cut off");
        }
        int length = (int)BinaryPrimitives.ReadUInt32BigEndian(file);
        ReadOnlySpan<byte> name = file.Slice(4, 4);
        ReadOnlySpan<byte> data = file.Slice(8, length);
        type = Encoding.ASCII.GetString(name);
        if (BinaryPrimitives.ReadUInt32BigEndian(file[(8 + length)..]) != Crc32.Of(name, data))
        {
            throw new InvalidDataException("is damaged: the checksum of one of its parts is wrong");
        }
        file = file[(ChunkFrame + length)..];
        return data;
    }

    /// <summary>Refuses a part that a reader must understand, which its first letter tells.</summary>
    private static void ThrowIfNeeded(string type)
    {
        if (!char.IsAsciiLetterLower(type[0]))
        {
            throw new InvalidDataException("needs an extension of PNG that is not known here");
        }
    }
}
