using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Trainer.Tests.Images;

/// <summary>Makes PNG files, good and bad, of every kind: another road than the program's own writer.</summary>
internal static class PngBytes
{
    private static readonly byte[] Signature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>A whole file.</summary>
    /// <param name="width">Width in pixels.</param>
    /// <param name="depth">Bits of a sample.</param>
    /// <param name="colour">Colour type.</param>
    /// <param name="rows">The plain rows, as many as the picture is high.</param>
    /// <param name="distance">Bytes to the left neighbour, for filters; row k has filter k mod 5, without it filter 0.</param>
    /// <param name="before">Chunks before the pixels.</param>
    public static byte[] File(int width, int depth, int colour, byte[][] rows, int? distance = null, params byte[][] before) =>
        Of([Header(width, rows.Length, depth, colour), .. before, Data(Filtered(rows, distance)), Chunk("IEND", [])]);

    /// <summary>The signature and these chunks.</summary>
    public static byte[] Of(params byte[][] chunks) => [.. Signature, .. chunks.SelectMany(chunk => chunk)];

    public static byte[] Header(int width, int height, int depth, int colour, int interlace = 0)
    {
        byte[] data = [0, 0, 0, 0, 0, 0, 0, 0, (byte)depth, (byte)colour, 0, 0, (byte)interlace];
        BinaryPrimitives.WriteInt32BigEndian(data, width);
        BinaryPrimitives.WriteInt32BigEndian(data.AsSpan(4), height);
        return Chunk("IHDR", data);
    }

    public static byte[] Data(byte[] raw)
    {
        var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal))
        {
            zlib.Write(raw);
        }
        return Chunk("IDAT", packed.ToArray());
    }

    public static byte[] Chunk(string type, byte[] data)
    {
        byte[] chunk = [0, 0, 0, 0, .. Encoding.ASCII.GetBytes(type), .. data, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Crc(chunk.AsSpan(4, chunk.Length - 8)));
        return chunk;
    }

    /// <summary>Rows with their filters' bytes before them.</summary>
    private static byte[] Filtered(byte[][] rows, int? distance)
    {
        var raw = new List<byte>();
        for (int y = 0; y < rows.Length; y++)
        {
            int filter = distance is null ? 0 : y % 5;
            raw.Add((byte)filter);
            for (int i = 0; i < rows[y].Length; i++)
            {
                int left = i >= (distance ?? 0) && filter != 0 ? rows[y][i - distance!.Value] : 0;
                int up = y > 0 ? rows[y - 1][i] : 0;
                int corner = y > 0 && i >= (distance ?? 0) && filter != 0 ? rows[y - 1][i - distance!.Value] : 0;
                int[] guesses = [0, left, up, (left + up) >> 1, new[] { left, up, corner }.MinBy(near => Math.Abs(left + up - corner - near))];
                raw.Add((byte)(rows[y][i] - guesses[filter]));
            }
        }
        return [.. raw];
    }

    // Bit by bit, highest first: another road than the program's table.
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                uint top = (crc >> 31) ^ (uint)((value >> bit) & 1);
                crc = (crc << 1) ^ (top * 0x04C11DB7);
            }
        }
        uint reversed = 0;
        for (int bit = 0; bit < 32; bit++)
        {
            reversed |= ((crc >> bit) & 1) << (31 - bit);
        }
        return ~reversed;
    }
}
