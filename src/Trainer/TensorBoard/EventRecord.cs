using System.Buffers.Binary;

namespace Trainer.TensorBoard;

/// <summary>
/// The record that event files (and TFRecord files) consist of: length (8 bytes), masked checksum of the length (4), data, masked
/// checksum of the data (4); lowest byte first.
/// </summary>
internal static class EventRecord
{
    private const int LengthBytes = sizeof(ulong);
    private const int ChecksumBytes = sizeof(uint);
    private const int HeadBytes = LengthBytes + ChecksumBytes;

    /// <summary>The record of <paramref name="data"/>.</summary>
    public static byte[] Of(ReadOnlySpan<byte> data)
    {
        byte[] record = new byte[HeadBytes + data.Length + ChecksumBytes];
        Span<byte> length = record.AsSpan(0, LengthBytes);
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(LengthBytes), Crc32C.MaskedOf(length));
        data.CopyTo(record.AsSpan(HeadBytes));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(HeadBytes + data.Length), Crc32C.MaskedOf(data));
        return record;
    }

    /// <summary>How many records <paramref name="bytes"/> consist of; null where something is cut off or a checksum is wrong.</summary>
    public static int? Count(ReadOnlySpan<byte> bytes)
    {
        int count = 0;
        for (; bytes.Length > 0; count++)
        {
            if (FirstLength(bytes) is not { } length)
            {
                return null;
            }
            bytes = bytes[length..];
        }
        return count;
    }

    /// <summary>The records at the beginning of <paramref name="bytes"/>, up to the first that is not whole.</summary>
    public static IReadOnlyList<byte[]> Whole(ReadOnlySpan<byte> bytes)
    {
        var records = new List<byte[]>();
        while (FirstLength(bytes) is { } length)
        {
            records.Add(bytes[..length].ToArray());
            bytes = bytes[length..];
        }
        return records;
    }

    /// <summary>How many bytes the first record takes; null where it is not whole.</summary>
    internal static int? FirstLength(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeadBytes + ChecksumBytes
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes[LengthBytes..]) != Crc32C.MaskedOf(bytes[..LengthBytes]))
        {
            return null;
        }
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        if (length > (ulong)(bytes.Length - HeadBytes - ChecksumBytes))
        {
            return null;
        }
        ReadOnlySpan<byte> data = bytes.Slice(HeadBytes, (int)length);
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes[(HeadBytes + data.Length)..]) == Crc32C.MaskedOf(data)
            ? HeadBytes + data.Length + ChecksumBytes
            : null;
    }
}
