using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Trainer.Tests.Images;

/// <summary>Reads the PNGs that our writer makes, checking everything a strict reader would.</summary>
internal sealed record PngReader(int Width, int Height, int Channels, byte[] Pixels)
{
    public static PngReader Read(ReadOnlySpan<byte> file)
    {
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], file[..8].ToArray());
        file = file[8..];
        byte[] header = Chunk(ref file, "IHDR");
        byte[] data = Chunk(ref file, "IDAT");
        Assert.Empty(Chunk(ref file, "IEND"));
        Assert.True(file.IsEmpty);

        Assert.Equal(13, header.Length);
        Assert.Equal(8, header[8]);
        Assert.Equal([0, 0, 0], header[10..]);
        int channels = header[9] switch { 0 => 1, 2 => 3, _ => throw new InvalidDataException("colour type") };
        int width = BinaryPrimitives.ReadInt32BigEndian(header);
        int height = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4));
        return new PngReader(width, height, channels, Lines(data, width * channels, height));
    }

    private static byte[] Lines(byte[] data, int bytesPerRow, int height)
    {
        using var zlib = new ZLibStream(new MemoryStream(data), CompressionMode.Decompress);
        using var raw = new MemoryStream();
        zlib.CopyTo(raw);
        byte[] lines = raw.ToArray();
        Assert.Equal(height * (bytesPerRow + 1), lines.Length);
        byte[] pixels = new byte[height * bytesPerRow];
        for (int row = 0; row < height; row++)
        {
            Assert.Equal(0, lines[row * (bytesPerRow + 1)]);
            lines.AsSpan(row * (bytesPerRow + 1) + 1, bytesPerRow).CopyTo(pixels.AsSpan(row * bytesPerRow));
        }
        return pixels;
    }

    private static byte[] Chunk(ref ReadOnlySpan<byte> file, string type)
    {
        int length = BinaryPrimitives.ReadInt32BigEndian(file);
        Assert.Equal(type, Encoding.ASCII.GetString(file.Slice(4, 4)));
        Assert.Equal(BinaryPrimitives.ReadUInt32BigEndian(file[(8 + length)..]), Crc(file.Slice(4, 4 + length)));
        byte[] data = file.Slice(8, length).ToArray();
        file = file[(12 + length)..];
        return data;
    }

    // Bit by bit, highest first: another road than the writer's table.
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
