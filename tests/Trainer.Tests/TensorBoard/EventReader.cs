using Google.Protobuf;

namespace Trainer.Tests.TensorBoard;

/// <summary>Reads event files with nothing of the program: the framing from its description, the checksums by
/// <see cref="PlainCrc32C"/>, the messages by Google's library.</summary>
internal static class EventReader
{
    /// <summary>All whole events; a record that is cut off ends the file.</summary>
    /// <exception cref="InvalidDataException">A checksum is wrong.</exception>
    public static List<ReadEvent> Read(byte[] file)
    {
        var events = new List<ReadEvent>();
        using var reader = new BinaryReader(new MemoryStream(file));
        while (Next(reader) is { } data)
        {
            events.Add(Event(data));
        }
        return events;
    }

    private static byte[]? Next(BinaryReader reader)
    {
        byte[] length = reader.ReadBytes(8), lengthSum = reader.ReadBytes(4);
        if (lengthSum.Length < 4)
        {
            return null;
        }
        Check(length, lengthSum);
        byte[] data = reader.ReadBytes(checked((int)BitConverter.ToUInt64(length))), dataSum = reader.ReadBytes(4);
        if (dataSum.Length < 4)
        {
            return null;
        }
        Check(data, dataSum);
        return data;
    }

    private static void Check(byte[] data, byte[] sum)
    {
        if (BitConverter.ToUInt32(sum) != PlainCrc32C.MaskedOf(data))
        {
            throw new InvalidDataException("a checksum is wrong");
        }
    }

    private static ReadEvent Event(byte[] data)
    {
        (double time, long step, string? version) = (double.NaN, 0, null);
        List<(string, float)> values = [];
        var input = new CodedInputStream(data);
        for (uint key = input.ReadTag(); key != 0; key = input.ReadTag())
        {
            switch (WireFormat.GetTagFieldNumber(key), WireFormat.GetTagWireType(key))
            {
                case (1, WireFormat.WireType.Fixed64): time = input.ReadDouble(); break;
                case (2, WireFormat.WireType.Varint): step = input.ReadInt64(); break;
                case (3, WireFormat.WireType.LengthDelimited): version = input.ReadString(); break;
                case (5, WireFormat.WireType.LengthDelimited): values.AddRange(Summary(input.ReadBytes())); break;
                default: throw new InvalidDataException($"an event has no field of key {key}");
            }
        }
        return new ReadEvent(time, step, version, values);
    }

    private static IEnumerable<(string Tag, float Value)> Summary(ByteString data)
    {
        CodedInputStream input = data.CreateCodedInput();
        while (input.ReadTag() is var key && key != 0)
        {
            Assert.Equal(WireFormat.MakeTag(1, WireFormat.WireType.LengthDelimited), key);
            CodedInputStream value = input.ReadBytes().CreateCodedInput();
            Assert.Equal(WireFormat.MakeTag(1, WireFormat.WireType.LengthDelimited), value.ReadTag());
            string tag = value.ReadString();
            Assert.Equal(WireFormat.MakeTag(2, WireFormat.WireType.Fixed32), value.ReadTag());
            yield return (tag, value.ReadFloat());
            Assert.True(value.IsAtEnd);
        }
    }
}
