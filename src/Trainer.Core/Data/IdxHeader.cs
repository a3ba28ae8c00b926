using System.Buffers.Binary;
using Trainer.Failures;

namespace Trainer.Data;

/// <summary>
/// The head of an IDX file of bytes: a magic number (two zero bytes, the type 0x08, the number of dimensions), then
/// each dimension's size as a big-endian 32-bit number; the values follow, last dimension fastest.
/// </summary>
/// <param name="Dimensions">Sizes, all at least 1: (count) of labels, (count, rows, columns) of images.</param>
/// <param name="ValueCount">Their product, at most <see cref="MostValues"/>: a file that claims more is refused
/// before anything is allocated for it.</param>
internal sealed record IdxHeader(IReadOnlyList<int> Dimensions, int ValueCount)
{
    /// <summary>Begins a file of labels: one dimension.</summary>
    public const uint LabelsMagic = 0x00000801;

    /// <summary>Begins a file of images: three dimensions.</summary>
    public const uint ImagesMagic = 0x00000803;

    /// <summary>The most values that are read: 128 MiB, three times those of the largest file of Fashion-MNIST. A packed file of
    /// 130 KB could stand for as many.</summary>
    public const int MostValues = 1 << 27;

    /// <summary>Length of the head that begins with <paramref name="magic"/>, in bytes.</summary>
    public static int LengthFor(uint magic) => 4 + 4 * (int)(magic & 0xFF);

    /// <summary>Head and values together, in bytes.</summary>
    public long FileLength => 4L + 4 * Dimensions.Count + ValueCount;

    /// <summary>Reads the head that <paramref name="bytes"/> holds, all of it and no more.</summary>
    /// <param name="path">Named in refusals.</param>
    /// <param name="bytes">As many bytes as <see cref="LengthFor"/> says for <paramref name="magic"/>.</param>
    /// <param name="magic">What the file should hold.</param>
    /// <exception cref="DataException">Another magic number, a size of zero, or sizes whose product is too large.</exception>
    public static IdxHeader Parse(string path, ReadOnlySpan<byte> bytes, uint magic)
    {
        ThrowIfOtherKind(path, bytes, magic);
        int[] dimensions = new int[LengthFor(magic) / 4 - 1];
        long product = 1;
        for (int i = 0; i < dimensions.Length; i++)
        {
            uint size = BinaryPrimitives.ReadUInt32BigEndian(bytes[(4 + 4 * i)..]);
            // The product so far is below 2³¹ and a size below 2³², so this never overflows.
            product *= size;
            if (product == 0 || product > MostValues)
            {
                string sizes = string.Join('x', Sizes(bytes));
                throw new DataException($"{path}: its header declares {sizes} bytes of values, "
                    + $"where 1 to {MostValues} are read; {IdxFile.Mend}");
            }
            dimensions[i] = (int)size;
        }
        return new IdxHeader(dimensions, (int)product);
    }

    /// <summary>Refuses a file whose first four bytes are not <paramref name="magic"/>.</summary>
    /// <exception cref="DataException">They are not; the message says what they are.</exception>
    public static void ThrowIfOtherKind(string path, ReadOnlySpan<byte> bytes, uint magic)
    {
        uint found = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        if (found != magic)
        {
            throw new DataException($"{path}: {Describe(found, magic)}; {IdxFile.Mend}");
        }
    }

    private static string Describe(uint found, uint expected) => (found, expected) switch
    {
        (LabelsMagic, ImagesMagic) => "holds labels where images are expected",
        (ImagesMagic, LabelsMagic) => "holds images where labels are expected",
        ( < 0x10000, _) => $"is an IDX file of another kind (magic number 0x{found:X8}, not 0x{expected:X8})",
        _ => $"is not an IDX file (it begins with 0x{found:X8}, not 0x{expected:X8})",
    };

    private static List<uint> Sizes(ReadOnlySpan<byte> bytes)
    {
        var sizes = new List<uint>();
        for (int i = 4; i < bytes.Length; i += 4)
        {
            sizes.Add(BinaryPrimitives.ReadUInt32BigEndian(bytes[i..]));
        }
        return sizes;
    }
}
