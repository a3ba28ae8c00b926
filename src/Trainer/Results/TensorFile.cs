using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Trainer.Failures;
using Trainer.Storage;

namespace Trainer.Results;

/// <summary>Flat vectors of binary32 in the safetensors format, as a checkpoint has them.</summary>
internal static class TensorFile
{
    /// <summary>Writes the vectors, one behind the other; what describes them is written behind it.</summary>
    /// <returns>SHA-256 of the file.</returns>
    /// <exception cref="RunFailedException">The file cannot be written.</exception>
    public static string Write(string path, IReadOnlyList<(string Name, float[] Values)> vectors)
    {
        byte[] header = Header(vectors);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(header);
        foreach ((_, float[] values) in vectors)
        {
            hash.AppendData(MemoryMarshal.AsBytes(values.AsSpan()));
        }
        AtomicFile.WriteFirst(path, stream =>
        {
            stream.Write(header);
            foreach ((_, float[] values) in vectors)
            {
                stream.Write(MemoryMarshal.AsBytes(values.AsSpan()));
            }
        });
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Reads vectors of these names and lengths back; the file must hold just those.</summary>
    /// <param name="path">The file.</param>
    /// <param name="hash">SHA-256 that it must have.</param>
    /// <param name="vectors">What it must hold, in order; the numbers go there.</param>
    /// <exception cref="RunFailedException">It cannot be read, or is another file.</exception>
    public static void Read(string path, string hash, IReadOnlyList<(string Name, float[] Values)> vectors)
    {
        byte[] header = Header(vectors);
        long expected = header.Length + vectors.Sum(vector => (long)vector.Values.Length * sizeof(float));
        byte[] bytes;
        try
        {
            using FileStream file = RecordedFile.Open(path);
            bytes = file.Length == expected ? new byte[expected] : throw Broken(path, $"it has {file.Length} bytes, not {expected}");
            file.ReadExactly(bytes);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new RunFailedException($"{path}: cannot be read: {failure.Message}", failure);
        }
        if (Convert.ToHexStringLower(SHA256.HashData(bytes)) != hash)
        {
            throw Broken(path, "its hash is another");
        }
        // The hash says that this program wrote it; that it wrote what is wanted here, the header does.
        ReadOnlySpan<byte> rest = bytes;
        if (!rest.StartsWith(header))
        {
            throw Broken(path, "it holds other vectors");
        }
        rest = rest[header.Length..];
        foreach ((_, float[] values) in vectors)
        {
            Span<byte> target = MemoryMarshal.AsBytes(values.AsSpan());
            rest[..target.Length].CopyTo(target);
            rest = rest[target.Length..];
        }
    }

    private static byte[] Header(IReadOnlyList<(string Name, float[] Values)> vectors)
    {
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("safetensors files are made of little-endian numbers");
        }
        var tensors = new List<SafetensorsTensor>();
        long index = 0;
        foreach ((string name, float[] values) in vectors)
        {
            tensors.Add(SafetensorsTensor.OfBinary32(name, [values.Length], index));
            index += values.Length;
        }
        return new SafetensorsHeader(tensors, new Dictionary<string, string>()).ToBytes();
    }

    private static RunFailedException Broken(string path, string problem) => new($"{path}: not the file that was written: {problem}");
}
