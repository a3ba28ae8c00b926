using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Trainer.Tests.Data;

/// <summary>Makes IDX files, good and bad, in memory.</summary>
internal static class IdxBytes
{
    public const uint LabelsMagic = 0x801;
    public const uint ImagesMagic = 0x803;

    /// <summary>A whole file of images of noise, which no packing makes smaller.</summary>
    public static byte[] Images(int count, int rows = 5, int columns = 4, int seed = 0) =>
        [.. Head(ImagesMagic, (uint)count, (uint)rows, (uint)columns), .. Noise(count * rows * columns, seed)];

    /// <summary>A whole file of labels: <paramref name="first"/>, 3 more, 6 more, …, mod 10.</summary>
    public static byte[] Labels(int count, int first = 0) =>
        [.. Head(LabelsMagic, (uint)count), .. Enumerable.Range(0, count).Select(i => (byte)((first + 3 * i) % 10))];

    /// <summary>Random bytes, the same for the same seed.</summary>
    public static byte[] Noise(int count, int seed)
    {
        byte[] bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>A magic number and sizes, big-endian.</summary>
    public static byte[] Head(uint magic, params uint[] sizes)
    {
        byte[] head = new byte[4 + 4 * sizes.Length];
        BinaryPrimitives.WriteUInt32BigEndian(head, magic);
        for (int i = 0; i < sizes.Length; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(4 + 4 * i), sizes[i]);
        }
        return head;
    }

    public static byte[] Gzip(byte[] contents, CompressionLevel level = CompressionLevel.Optimal)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, level))
        {
            gzip.Write(contents);
        }
        return packed.ToArray();
    }

    /// <summary>The gzip file with another length of its contents written at its end.</summary>
    public static byte[] WithContentLength(byte[] gzip, uint length)
    {
        byte[] changed = [.. gzip];
        BinaryPrimitives.WriteUInt32LittleEndian(changed.AsSpan(^4), length);
        return changed;
    }

    /// <summary>The same bytes but for one bit.</summary>
    public static byte[] Flip(byte[] bytes, int bit)
    {
        byte[] changed = [.. bytes];
        changed[bit / 8] ^= (byte)(1 << (bit % 8));
        return changed;
    }

    public static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
