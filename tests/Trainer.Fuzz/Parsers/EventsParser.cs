using System.Buffers.Binary;
using Trainer.Failures;
using Trainer.Fuzz.Inputs;
using Trainer.TensorBoard;

namespace Trainer.Fuzz.Parsers;

/// <summary>TensorBoard's event files.</summary>
internal sealed class EventsParser : FuzzedParser
{
    private const int Head = sizeof(ulong) + sizeof(uint);
    private const int Tail = sizeof(uint);

    /// <inheritdoc/>
    public override string Name => "events";

    /// <inheritdoc/>
    public override string FileName => Path.GetFileName(new TensorBoardFolder("").Events);

    /// <inheritdoc/>
    public override IReadOnlyList<string> Words { get; } = ["brain.Event:2", "\0\0\0\0\0\0\0\0", "loss/train", "\u0001\0\0\0\0\0\0\0", "\u0018\0\0\0\0\0\0\0"];

    /// <inheritdoc/>
    public override byte[] Generate(FuzzRandom random) =>
        [.. Enumerable.Range(0, random.Below(6)).SelectMany(_ => EventRecord.Of(random.Bytes(random.OnceIn(30) ? random.Below(60_000) : random.Below(60))))];

    /// <summary>Makes checksums right where there is room for a record, so that lengths are believed that are not.</summary>
    public override byte[] Finished(byte[] bytes, FuzzRandom random)
    {
        if (random.OnceIn(3))
        {
            return bytes;
        }
        byte[] mended = [.. bytes];
        for (long at = 0; at + Head <= mended.Length;)
        {
            Span<byte> record = mended.AsSpan((int)at);
            ulong length = BinaryPrimitives.ReadUInt64LittleEndian(record);
            BinaryPrimitives.WriteUInt32LittleEndian(record[sizeof(ulong)..], PlainMasked(record[..sizeof(ulong)]));
            if (record.Length < Head + Tail || length > (ulong)(record.Length - Head - Tail))
            {
                break;
            }
            BinaryPrimitives.WriteUInt32LittleEndian(record[(Head + (int)length)..], PlainMasked(record.Slice(Head, (int)length)));
            at += Head + (long)length + Tail;
        }
        return mended;
    }

    /// <inheritdoc/>
    public override IEnumerable<Action> Readings(string path) =>
    [
        () => _ = new TensorBoardFolder(Path.GetDirectoryName(path)!).IsComplete(2),
        () =>
        {
            byte[] bytes = File.ReadAllBytes(path);
            int? count = EventRecord.Count(bytes);
            InconsistencyException.ThrowUnless(count == PlainCount(bytes), "it counts other records than a plain reader");
            IReadOnlyList<byte[]> whole = EventRecord.Whole(bytes);
            byte[] together = [.. whole.SelectMany(record => record)];
            InconsistencyException.ThrowUnless(bytes.AsSpan().StartsWith(together), "the whole records are not those of the file");
            InconsistencyException.ThrowUnless(
                count is null ? EventRecord.Count(together) == whole.Count && together.Length < bytes.Length : count == whole.Count && together.Length == bytes.Length,
                "it gives more or fewer records than it counts");
        },
        () => _ = new EventFile(path).GoOn(2),
    ];

    /// <inheritdoc/>
    public override bool IsRefusal(TrainerException failure) => failure is RunFailedException;

    /// <summary>The same in the plainest way, by the format's description.</summary>
    private static int? PlainCount(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        for (int count = 0; ; count++)
        {
            long left = bytes.Length - reader.BaseStream.Position;
            if (left == 0)
            {
                return count;
            }
            if (left < Head + Tail)
            {
                return null;
            }
            byte[] length = reader.ReadBytes(sizeof(ulong));
            bool isRight = reader.ReadUInt32() == PlainMasked(length);
            ulong size = BinaryPrimitives.ReadUInt64LittleEndian(length);
            if (!isRight || size > (ulong)(left - Head - Tail))
            {
                return null;
            }
            byte[] data = reader.ReadBytes((int)size);
            if (reader.ReadUInt32() != PlainMasked(data))
            {
                return null;
            }
        }
    }

    /// <summary>CRC-32C bit by bit, masked.</summary>
    private static uint PlainMasked(ReadOnlySpan<byte> data)
    {
        uint crc = ~0u;
        foreach (byte value in data)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0x82F63B78u);
            }
        }
        crc = ~crc;
        return ((crc >> 15) | (crc << 17)) + 0xA282EAD8u;
    }
}
