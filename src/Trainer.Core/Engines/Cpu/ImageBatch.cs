using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Trainer.Data;

namespace Trainer.Engines.Cpu;

/// <summary>
/// The images of a batch, gathered from where they lie in the data set, and which of their pixels are not 0: half of
/// Fashion-MNIST's are, and a product with 0 need not be made.
/// </summary>
/// <remarks>Gathered because rows are taken in random order: 64 copies of 784 bytes each are fetched from memory as
/// streams, while a kernel that read them where they lie would wait for every line.</remarks>
internal sealed unsafe class ImageBatch
{
    /// <summary>Bits of a mask: inputs that are taken together, and rows.</summary>
    public const int Block = 64;

    private readonly AlignedBuffer _bytes;
    private readonly AlignedBuffer _rowMasks;
    private readonly AlignedBuffer _inputMasks;
    private readonly AlignedBuffer _order;

    /// <summary>Room for <paramref name="rows"/> images of <paramref name="inputs"/> pixels.</summary>
    public ImageBatch(int inputs, int rows)
    {
        const int numbersPerMask = sizeof(ulong) / sizeof(float);
        Inputs = inputs;
        Words = (inputs + Block - 1) / Block;
        RowBytes = Words * Block;
        long padded = ((long)rows + Block - 1) / Block * Block;
        _bytes = new AlignedBuffer(padded * RowBytes / sizeof(float));
        _rowMasks = new AlignedBuffer(padded * Words * numbersPerMask);
        _inputMasks = new AlignedBuffer(padded / Block * RowBytes * numbersPerMask);
        _order = new AlignedBuffer(rows);
        for (int row = 0; row < rows; row++)
        {
            Order[row] = row;
        }
    }

    /// <summary>I.</summary>
    public int Inputs { get; }

    /// <summary>Masks of a row: one for each 64 inputs.</summary>
    public int Words { get; }

    /// <summary>Bytes from one image to the next; those behind the pixels are 0.</summary>
    public int RowBytes { get; }

    /// <summary>The pixels, (rows, <see cref="RowBytes"/>).</summary>
    public byte* Bytes => (byte*)_bytes.Pointer;

    /// <summary>For each row and 64 inputs, which of them are not 0; (rows, <see cref="Words"/>).</summary>
    public ulong* RowMasks => (ulong*)_rowMasks.Pointer;

    /// <summary>For each 64 rows and each input, in which of the rows it is not 0; (blocks of rows, <see cref="RowBytes"/>).</summary>
    public ulong* InputMasks => (ulong*)_inputMasks.Pointer;

    /// <summary>The rows in the order in which they are best taken forward; any order gives the same bits.</summary>
    public int* Order => (int*)_order.Pointer;

    /// <summary>The mask of the first <paramref name="count"/> of 64.</summary>
    public static ulong First(int count) => count >= Block ? ulong.MaxValue : (1UL << count) - 1;

    /// <summary>Fetches the rows <paramref name="rows"/>[<paramref name="from"/>…<paramref name="to"/> − 1]; whoever fetches
    /// the last also empties the masks of the rows that are wanting to a block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Gather(Split data, ReadOnlySpan<int> rows, int from, int to)
    {
        for (int b = from; b < to; b++)
        {
            byte* row = Bytes + (nint)b * RowBytes;
            data.Pixels(rows[b]).CopyTo(new Span<byte>(row, Inputs));
            ulong* masks = RowMasks + (nint)b * Words;
            for (int word = 0; word < Words; word++)
            {
                masks[word] = ~Vector512.Equals(Vector512.Load(row + word * Block), Vector512<byte>.Zero).ExtractMostSignificantBits();
            }
        }
        if (to == rows.Length && from < to)
        {
            int behind = (to + Block - 1) / Block * Block;
            new Span<ulong>(RowMasks + (nint)to * Words, (behind - to) * Words).Clear();
        }
    }

    /// <summary>Makes the masks of the inputs in words <paramref name="from"/>…<paramref name="to"/> − 1 from those of
    /// all <paramref name="rows"/> rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Transpose(int rows, int from, int to)
    {
        for (int block = 0; block * Block < rows; block++)
        {
            for (int word = from; word < to; word++)
            {
                ulong* source = RowMasks + (nint)block * Block * Words + word;
                ulong* target = InputMasks + (nint)block * RowBytes + word * Block;
                for (int row = 0; row < Block; row++)
                {
                    target[row] = source[(nint)row * Words];
                }
                Transpose(target);
            }
        }
    }

    /// <summary>Turns 64 rows of 64 bits into 64 columns, in place: halves change places, then quarters, and so on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transpose(ulong* bits)
    {
        ulong low = uint.MaxValue;
        for (int half = Block / 2; half > 0; half /= 2)
        {
            for (int row = 0; row < Block; row = (row + half + 1) & ~half)
            {
                ulong change = ((bits[row] >> half) ^ bits[row + half]) & low;
                bits[row] ^= change << half;
                bits[row + half] ^= change;
            }
            low ^= low << (half / 2);
        }
    }
}
