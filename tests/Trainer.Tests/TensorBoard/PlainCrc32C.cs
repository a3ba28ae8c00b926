namespace Trainer.Tests.TensorBoard;

/// <summary>The checksum a second time, bit by bit from its definition, to hold the program's to.</summary>
internal static class PlainCrc32C
{
    // 0x1EDC6F41 with its bits reversed.
    private const uint ReversedPolynomial = 0x82F63B78;

    public static uint Of(ReadOnlySpan<byte> data)
    {
        uint remainder = 0xFFFFFFFF;
        foreach (byte value in data)
        {
            remainder ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                remainder = (remainder & 1) == 0 ? remainder >> 1 : (remainder >> 1) ^ ReversedPolynomial;
            }
        }
        return ~remainder;
    }

    public static uint MaskedOf(ReadOnlySpan<byte> data)
    {
        uint crc = Of(data);
        return unchecked(((crc >> 15) | (crc << 17)) + 0xA282EAD8u);
    }
}
