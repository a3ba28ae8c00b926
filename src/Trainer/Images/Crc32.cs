namespace Trainer.Images;

/// <summary>The checksum of PNG's chunks: CRC-32 of ISO 3309.</summary>
internal static class Crc32
{
    private static readonly uint[] Table = MakeTable();

    /// <summary>The checksum of two stretches of bytes, one after the other.</summary>
    public static uint Of(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) => ~Append(Append(uint.MaxValue, first), second);

    private static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
        {
            crc = Table[(byte)(crc ^ value)] ^ (crc >> 8);
        }
        return crc;
    }

    /// <summary>The remainder of each byte for the polynomial of CRC-32, bits reversed.</summary>
    private static uint[] MakeTable()
    {
        const uint polynomial = 0xEDB88320;
        uint[] table = new uint[256];
        for (uint i = 0; i < table.Length; i++)
        {
            uint remainder = i;
            for (int bit = 0; bit < 8; bit++)
            {
                remainder = (remainder & 1) != 0 ? polynomial ^ (remainder >> 1) : remainder >> 1;
            }
            table[i] = remainder;
        }
        return table;
    }
}
