using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using Trainer.Data;
using Trainer.Failures;
using Trainer.Fuzz.Inputs;
using Trainer.Images;

namespace Trainer.Fuzz.Parsers;

/// <summary>Files of images and labels, packed or not.</summary>
internal sealed class IdxParser : FuzzedParser
{
    private const int LeastPacked = 18;
    private const int RereadAtMost = 1 << 20;

    /// <inheritdoc/>
    public override string Name => "idx";

    /// <inheritdoc/>
    public override string FileName => "input-idx3-ubyte";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Words { get; } = ["\0\0\b\u0003", "\0\0\b\u0001", "\0\0\r\u0003", "\u001f", "\0\0\0\u001c", "\0\0\0\0"];

    /// <inheritdoc/>
    public override byte[] Generate(FuzzRandom random)
    {
        int dimensions = random.OnceIn(2) ? 1 : 3;
        byte[] head = new byte[4 + (4 * dimensions)];
        BinaryPrimitives.WriteUInt32BigEndian(head, (uint)(0x800 | dimensions));
        long product = 1;
        for (int k = 0; k < dimensions; k++)
        {
            uint size = random.OnceIn(6) ? (uint)random.AnyMagnitude() : (uint)random.Of(0, 1, 2, 3, 5, 28, 60000);
            BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(4 + (4 * k)), size);
            product = Math.Min(product * size, 1L << 31);
        }
        // Mostly as many values as the head says, up to a packed 16 MB of zeros.
        int most = random.OnceIn(400) ? 1 << 24 : 1 << 12;
        int count = (int)Math.Clamp(product + random.Of(0, 0, 0, 0, -1, 1, random.Below(100)), 0, most);
        return [.. head, .. random.OnceIn(2) ? new byte[count] : random.Bytes(Math.Min(count, 1 << 12))];
    }

    /// <inheritdoc/>
    public override byte[] Finished(byte[] bytes, FuzzRandom random)
    {
        if (!random.OnceIn(3) || bytes is [0x1F, 0x8B, ..])
        {
            return bytes;
        }
        var packed = new MemoryStream();
        int members = random.OnceIn(10) ? 2 : 1;
        int cut = members == 1 ? 0 : random.Below(bytes.Length);
        foreach (byte[] member in members == 1 ? [bytes] : new[] { bytes[..cut], bytes[cut..] })
        {
            using var gzip = new GZipStream(packed, random.Of(CompressionLevel.Fastest, CompressionLevel.NoCompression, CompressionLevel.Optimal), leaveOpen: true);
            gzip.Write(member);
        }
        byte[] result = packed.ToArray();
        if (result.Length < LeastPacked)
        {
            // Of nothing nothing is made.
            return result;
        }
        return random.Below(8) switch
        {
            0 => [.. result, .. random.Bytes(1 + random.Below(20))],
            1 => [.. result, .. random.Bytes(random.Below(20)), .. result[^4..]],
            2 => result[..^random.Below(9)],
            3 => [.. result[..^4], .. BitConverter.GetBytes((uint)random.AnyMagnitude())],
            _ => result,
        };
    }

    /// <inheritdoc/>
    public override IEnumerable<Action> Readings(string path) =>
    [
        () => Check(path, IdxFile.ReadImages),
        () => Check(path, IdxFile.ReadLabels),
        () => _ = InputFile.Read(path, 3).ToList(),
    ];

    /// <inheritdoc/>
    public override bool IsRefusal(TrainerException failure) => failure is DataException;

    private static void Check(string path, Func<string, IdxFile> read)
    {
        IdxFile file = read(path);
        InconsistencyException.ThrowUnless(
            file.Dimensions.Aggregate(1L, (product, size) => product * size) == file.Values.Length, "there are more or fewer values than the sizes say");
        using var hash = new HashOf();
        file.WriteTo(hash);
        InconsistencyException.ThrowUnless(hash.Text == file.ContentSha256, "the hash is not that of what was read");
        if (file.Values.Length > RereadAtMost)
        {
            return;
        }
        var content = new MemoryStream();
        file.WriteTo(content);
        byte[] bytes = File.ReadAllBytes(path);
        byte[] unpacked = file.WasPacked ? Unpacked(bytes) : bytes;
        InconsistencyException.ThrowUnless(content.ToArray().AsSpan().SequenceEqual(unpacked), "what was read is not what is in the file");
    }

    private static byte[] Unpacked(byte[] bytes)
    {
        var content = new MemoryStream();
        using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        gzip.CopyTo(content);
        return content.ToArray();
    }

    /// <summary>The hash of what is written to it.</summary>
    private sealed class HashOf : MemoryStream
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        public string Text => Convert.ToHexStringLower(_hash.GetHashAndReset());

        public override void Write(byte[] buffer, int offset, int count) => _hash.AppendData(buffer, offset, count);

        public override void Write(ReadOnlySpan<byte> buffer) => _hash.AppendData(buffer);

        protected override void Dispose(bool disposing) => _hash.Dispose();
    }
}
