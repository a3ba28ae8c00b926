using System.Buffers.Binary;

namespace Trainer.TensorBoard;

/// <summary>One field of a message, as <see cref="ProtobufMessage"/> writes them.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Integer">Its value, where it is a number; of a fixed one its bits.</param>
/// <param name="Bytes">Its value, where it has a length.</param>
internal sealed record ProtobufField(int Number, ulong Integer, byte[] Bytes)
{
    private const int LongestVarint = 10;

    /// <summary>The value, where it has a length.</summary>
    public ReadOnlySpan<byte> BytesOf() => Bytes;

    /// <summary>Takes the first field off <paramref name="message"/>; null where it is none.</summary>
    public static ProtobufField? TryRead(ref ReadOnlySpan<byte> message)
    {
        if (TryVarint(ref message) is not { } key)
        {
            return null;
        }
        int number = (int)(key >> 3);
        switch (key & 7)
        {
            case ProtobufMessage.VarintType when TryVarint(ref message) is { } value:
                return new ProtobufField(number, value, []);
            case ProtobufMessage.Fixed64Type when message.Length >= sizeof(ulong):
                ulong wide = BinaryPrimitives.ReadUInt64LittleEndian(message);
                message = message[sizeof(ulong)..];
                return new ProtobufField(number, wide, []);
            case ProtobufMessage.Fixed32Type when message.Length >= sizeof(uint):
                uint narrow = BinaryPrimitives.ReadUInt32LittleEndian(message);
                message = message[sizeof(uint)..];
                return new ProtobufField(number, narrow, []);
            case ProtobufMessage.LengthType when TryVarint(ref message) is { } length && length <= (ulong)message.Length:
                byte[] bytes = message[..(int)length].ToArray();
                message = message[(int)length..];
                return new ProtobufField(number, 0, bytes);
            default:
                return null;
        }
    }

    private static ulong? TryVarint(ref ReadOnlySpan<byte> message)
    {
        ulong value = 0;
        for (int k = 0; k < Math.Min(LongestVarint, message.Length); k++)
        {
            value |= (ulong)(message[k] & 0x7F) << (7 * k);
            if (message[k] < 0x80)
            {
                message = message[(k + 1)..];
                return value;
            }
        }
        return null;
    }
}
