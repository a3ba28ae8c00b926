using System.Numerics;

namespace Trainer.TensorBoard;

/// <summary>
/// The checksum of TensorBoard's records: CRC-32 with Castagnoli's polynomial 0x1EDC6F41, bits reflected, begun and ended with all
/// ones (RFC 3720, section 12.1).
/// </summary>
internal static class Crc32C
{
    private const uint Ones = 0xFFFFFFFF;
    private const uint MaskDelta = 0xA282EAD8;

    /// <summary>The checksum of <paramref name="data"/>.</summary>
    public static uint Of(ReadOnlySpan<byte> data)
    {
        uint crc = Ones;
        foreach (byte value in data)
        {
            crc = BitOperations.Crc32C(crc, value);
        }
        return crc ^ Ones;
    }

    /// <summary>The checksum as records have it, turned right by 15 bits plus a constant: so a checksum of bytes that hold their own
    /// checksums stays a good one.</summary>
    public static uint MaskedOf(ReadOnlySpan<byte> data) => BitOperations.RotateRight(Of(data), 15) + MaskDelta;
}
