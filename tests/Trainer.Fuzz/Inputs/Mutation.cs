using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Trainer.Fuzz.Inputs;

/// <summary>Small damage to the bytes of a file: flipped bits, spliced and repeated pieces, numbers replaced by such as overflow.</summary>
internal static class Mutation
{
    /// <summary>What no mutation makes an input longer than.</summary>
    public const int Longest = 1 << 20;

    private const int LongestPiece = 64;

    private static readonly ulong[] Extremes =
    [
        0, 1, 2, 3, 7, 8, 16, 28, 127, 128, 255, 256, 1000, 4096, 32767, 32768, 65535, 65536, 1 << 20, 1 << 27, int.MaxValue - 1, int.MaxValue,
        1UL << 31, uint.MaxValue, 1UL << 32, long.MaxValue - 7, long.MaxValue, 1UL << 63, ulong.MaxValue - 7, ulong.MaxValue,
    ];

    /// <summary>A damaged copy.</summary>
    /// <param name="bytes">What to damage.</param>
    /// <param name="other">What pieces may be taken from.</param>
    /// <param name="words">What means something in this format.</param>
    /// <param name="random">Decides.</param>
    public static byte[] Of(byte[] bytes, byte[] other, IReadOnlyList<string> words, FuzzRandom random)
    {
        // Mostly one wound, which leaves the rest of the file to be read; now and then many.
        int count = random.OnceIn(8) ? 2 + random.Below(30) : 1 + random.Below(3);
        for (int k = 0; k < count; k++)
        {
            bytes = Once(bytes, other, words, random);
        }
        return bytes.Length <= Longest ? bytes : bytes[..Longest];
    }

    private static byte[] Once(byte[] bytes, byte[] other, IReadOnlyList<string> words, FuzzRandom random)
    {
        int at = random.Below(bytes.Length + 1);
        int length = Math.Min(bytes.Length - at, 1 + random.Below(LongestPiece));
        byte[] piece = bytes[at..(at + length)];
        return random.Below(16) switch
        {
            0 or 1 => Overwritten(bytes, at, [(byte)((at < bytes.Length ? bytes[at] : 0) ^ (1 << random.Below(8)))]),
            2 => Overwritten(bytes, at, [random.Of<byte>(0, 1, 9, 10, 13, 32, 127, 128, 255, (byte)random.Bits())]),
            3 => [.. bytes[..at], .. bytes[(at + length)..]],
            4 => [.. bytes[..at], .. piece, .. bytes[at..]],
            5 => Repeated(bytes, at, piece, random),
            6 => [.. bytes[..at], .. random.Bytes(1 + random.Below(8)), .. bytes[at..]],
            7 => bytes[..at],
            8 => [.. bytes, .. Piece(other, random)],
            9 => [.. bytes[..at], .. Piece(other, random), .. bytes[(at + length)..]],
            10 => [.. bytes[..at], .. Piece(other, random), .. bytes[at..]],
            11 or 12 => Overwritten(bytes, at, Number(random)),
            13 => WithOtherDigits(bytes, at, random),
            _ => [.. bytes[..at], .. Encoding.UTF8.GetBytes(words[random.Below(words.Count)]), .. bytes[(random.OnceIn(2) ? at : at + length)..]],
        };
    }

    private static byte[] Overwritten(byte[] bytes, int at, byte[] by)
    {
        byte[] copy = [.. bytes];
        by.AsSpan(0, Math.Min(by.Length, bytes.Length - at)).CopyTo(copy.AsSpan(at));
        return copy;
    }

    /// <summary>A few times; seldom until the file is as long as one may be.</summary>
    private static byte[] Repeated(byte[] bytes, int at, byte[] piece, FuzzRandom random)
    {
        int times = piece.Length == 0 ? 0 : random.OnceIn(150) ? (Longest - bytes.Length) / piece.Length : random.Below(20);
        var repeated = new List<byte>(bytes.Length + Math.Max(0, times) * piece.Length);
        repeated.AddRange(bytes.AsSpan(0, at));
        for (int k = 0; k < times; k++)
        {
            repeated.AddRange(piece);
        }
        repeated.AddRange(bytes.AsSpan(at));
        return [.. repeated];
    }

    private static byte[] Piece(byte[] other, FuzzRandom random)
    {
        int start = random.Below(other.Length);
        int length = random.OnceIn(4) ? other.Length - start : Math.Min(other.Length - start, 1 + random.Below(LongestPiece));
        return other[start..(start + length)];
    }

    /// <summary>A number of 2, 4 or 8 bytes, low or high byte first.</summary>
    private static byte[] Number(FuzzRandom random)
    {
        ulong value = random.OnceIn(2) ? random.AnyMagnitude() : random.Of(Extremes);
        byte[] bytes = new byte[sizeof(ulong)];
        int size = random.Of(2, 4, 8);
        if (random.OnceIn(2))
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
            return bytes[..size];
        }
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        return bytes[^size..];
    }

    /// <summary>The next number that is written in decimal becomes another.</summary>
    private static byte[] WithOtherDigits(byte[] bytes, int at, FuzzRandom random)
    {
        int start = Array.FindIndex(bytes, at, value => char.IsAsciiDigit((char)value));
        if (start < 0)
        {
            return bytes;
        }
        int end = Array.FindIndex(bytes, start, value => !char.IsAsciiDigit((char)value));
        ulong value = random.OnceIn(2) ? random.AnyMagnitude() : random.Of(Extremes);
        string text = random.Below(8) switch
        {
            0 => "-" + value.ToString(CultureInfo.InvariantCulture),
            1 => FormattableString.Invariant($"{value}e{random.Below(700) - 350}"),
            2 => FormattableString.Invariant($"0.{value}"),
            3 => random.Of("NaN", ".nan", ".inf", "-.inf", "1e999", "-0", "00", "0x10", "1_0", "null", "\"1\"", "[1]"),
            _ => value.ToString(CultureInfo.InvariantCulture),
        };
        return [.. bytes[..start], .. Encoding.ASCII.GetBytes(text), .. end < 0 ? [] : bytes[end..]];
    }
}
