using System.Buffers.Binary;
using System.Text;

namespace Trainer.TensorBoard;

/// <summary>
/// A message of Google's protocol buffers, field by field: a key (number of the field · 8 + how it is written), then its value.
/// Only what an event needs.
/// </summary>
internal sealed class ProtobufMessage
{
    internal const int VarintType = 0;
    internal const int Fixed64Type = 1;
    internal const int LengthType = 2;
    internal const int Fixed32Type = 5;

    private readonly MemoryStream _bytes = new();

    /// <summary>All fields so far.</summary>
    public byte[] ToBytes() => _bytes.ToArray();

    /// <summary>An <c>int64</c>.</summary>
    public ProtobufMessage Integer(int field, long value)
    {
        Key(field, VarintType);
        Varint((ulong)value);
        return this;
    }

    /// <summary>A <c>double</c>.</summary>
    public ProtobufMessage Binary64(int field, double value)
    {
        Key(field, Fixed64Type);
        Span<byte> bytes = stackalloc byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
        _bytes.Write(bytes);
        return this;
    }

    /// <summary>A <c>float</c>.</summary>
    public ProtobufMessage Binary32(int field, float value)
    {
        Key(field, Fixed32Type);
        Span<byte> bytes = stackalloc byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        _bytes.Write(bytes);
        return this;
    }

    /// <summary>A <c>string</c>.</summary>
    public ProtobufMessage Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    /// <summary>A message within.</summary>
    public ProtobufMessage Message(int field, ProtobufMessage value) => Bytes(field, value.ToBytes());

    private ProtobufMessage Bytes(int field, byte[] value)
    {
        Key(field, LengthType);
        Varint((ulong)value.Length);
        _bytes.Write(value);
        return this;
    }

    private void Key(int field, int type) => Varint((ulong)((field << 3) | type));

    /// <summary>Seven bits a byte, lowest first; the eighth bit says that more follow.</summary>
    private void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            _bytes.WriteByte((byte)(value | 0x80));
        }
        _bytes.WriteByte((byte)value);
    }
}
