using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Trainer.Data;

/// <summary>The identity of a data set: a hash over its four raw IDX files, whether or not they exist as files.</summary>
public static class IdxHash
{
    /// <summary>
    /// SHA-256, lower-case hexadecimal, over the contents of the raw IDX files in the order train images, train labels,
    /// test images, test labels: <see cref="DataSet.Hash"/>.
    /// </summary>
    /// <param name="train">The training images and labels.</param>
    /// <param name="test">The test images and labels.</param>
    public static string Of(ImageSet train, ImageSet test)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, train);
        Append(hash, test);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, ImageSet set)
    {
        AppendHeader(hash, IdxHeader.ImagesMagic, set.Count, set.Rows, set.Columns);
        hash.AppendData(set.Pixels);
        AppendHeader(hash, IdxHeader.LabelsMagic, set.Count);
        hash.AppendData(set.Labels);
    }

    /// <summary>The magic number and the dimensions, 32 bits each, the high byte first.</summary>
    private static void AppendHeader(IncrementalHash hash, uint magic, params ReadOnlySpan<int> dimensions)
    {
        Span<byte> word = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(word, magic);
        hash.AppendData(word);
        foreach (int dimension in dimensions)
        {
            BinaryPrimitives.WriteInt32BigEndian(word, dimension);
            hash.AppendData(word);
        }
    }
}
