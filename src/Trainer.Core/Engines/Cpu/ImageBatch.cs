using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
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

    // Every 13th bit: shifted by the number of a row's mask, 13 masks make one of 64 bits.
    private const ulong Sample = 0x0010_0080_0400_2001;
    private const int SampleStep = 13;

    // Rows in random order lie anywhere in memory. Asking for each eight rows before it is copied takes a quarter off the
    // copying, which is a tenth of an epoch on one thread (Zen 4); asking earlier, from other phases, gave no more.
    private const int RowsAhead = 8;
    private const int LineBytes = 64;

    private static readonly Vector512<ulong> Upper4 = Vector512.Create(~0UL, ~0UL, ~0UL, ~0UL, 0, 0, 0, 0);
    private static readonly Vector512<ulong> Upper2 = Vector512.Create(~0UL, ~0UL, 0, 0, ~0UL, ~0UL, 0, 0);
    private static readonly Vector512<ulong> Upper1 = Vector512.Create(~0UL, 0, ~0UL, 0, ~0UL, 0, ~0UL, 0);

    private readonly AlignedBuffer _bytes;
    private readonly AlignedBuffer _rowMasks;
    private readonly AlignedBuffer _inputMasks;
    private readonly AlignedBuffer _order;
    private readonly byte[] _labels;
    private readonly int _rows;
    private readonly ulong[] _signatures;

    /// <summary>Room for <paramref name="rows"/> images of <paramref name="inputs"/> pixels.</summary>
    public ImageBatch(int inputs, int rows)
    {
        const int numbersPerMask = sizeof(ulong) / sizeof(float);
        Inputs = inputs;
        Words = (inputs + Block - 1) / Block;
        _rows = (rows + Block - 1) / Block * Block;
        long values = (long)_rows * Words;
        _bytes = new AlignedBuffer(values * Block / sizeof(float));
        _rowMasks = new AlignedBuffer(values * numbersPerMask);
        _inputMasks = new AlignedBuffer(values * numbersPerMask);
        _labels = new byte[rows];
        _signatures = new ulong[rows];
        _order = new AlignedBuffer(rows);
        for (int row = 0; row < rows; row++)
        {
            Order[row] = row;
        }
    }

    /// <summary>I.</summary>
    public int Inputs { get; }

    /// <summary>Groups of 64 inputs, the last one filled up with inputs that are always 0.</summary>
    public int Words { get; }

    /// <summary>The pixels of group <paramref name="word"/> in row <paramref name="row"/>; those of the next row follow.</summary>
    /// <remarks>In groups because kernels take one group of all rows after the other, and what lies in one piece comes faster
    /// from another core's cache.</remarks>
    public byte* Bytes(int word, int row) => (byte*)_bytes.Pointer + ((nint)word * _rows + row) * Block;

    /// <summary>For each row from the first on, which inputs of group <paramref name="word"/> are not 0.</summary>
    public ulong* RowMasks(int word) => (ulong*)_rowMasks.Pointer + (nint)word * _rows;

    /// <summary>For each input of group <paramref name="word"/>, in which of the 64 rows from <paramref name="row"/> on, a
    /// multiple of 64, it is not 0.</summary>
    public ulong* InputMasks(int word, int row) => (ulong*)_inputMasks.Pointer + (nint)word * _rows + row;

    /// <summary>The rows in the order in which they are best taken forward, alike ones side by side; any order gives the
    /// same bits.</summary>
    public int* Order => (int*)_order.Pointer;

    /// <summary>The class of each row.</summary>
    public ReadOnlySpan<byte> Labels => _labels;

    /// <summary>The mask of the first <paramref name="count"/> of 64.</summary>
    public static ulong First(int count) => count >= Block ? ulong.MaxValue : (1UL << count) - 1;

    /// <summary>Fetches the rows <paramref name="rows"/>[<paramref name="from"/>…<paramref name="to"/> − 1]; whoever fetches
    /// the last also empties the masks of the rows that are wanting to a block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Gather(Split data, ReadOnlySpan<int> rows, int from, int to)
    {
        for (int b = from; b < to; b++)
        {
            if (b + RowsAhead < to)
            {
                Prefetch(data.Pixels(rows[b + RowsAhead]));
            }
            _labels[b] = data.Label(rows[b]);
            _signatures[b] = Copy(data.Pixels(rows[b]), b);
        }
        for (int b = from; b < to; b += Block)
        {
            Pair(b, Math.Min(b + Block, to));
        }
        if (to == rows.Length && from < to)
        {
            for (int word = 0; word < Words; word++)
            {
                new Span<ulong>(RowMasks(word) + to, (to + Block - 1) / Block * Block - to).Clear();
            }
        }
    }

    /// <summary>Makes the masks of the inputs in words <paramref name="from"/>…<paramref name="to"/> − 1 from those of
    /// all <paramref name="rows"/> rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Transpose(int rows, int from, int to)
    {
        for (int row = 0; row < rows; row += Block)
        {
            for (int word = from; word < to; word++)
            {
                Transpose(RowMasks(word) + row, InputMasks(word, row));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch(ReadOnlySpan<byte> pixels)
    {
        if (Sse.IsSupported)
        {
            fixed (byte* start = pixels)
            {
                for (int k = 0; k < pixels.Length; k += LineBytes)
                {
                    Sse.Prefetch1(start + k);
                }
            }
        }
    }

    /// <summary>Copies an image to row <paramref name="b"/>, group by group, and makes its masks.</summary>
    /// <returns>A sample of them.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private ulong Copy(ReadOnlySpan<byte> pixels, int b)
    {
        ulong signature = 0;
        for (int word = 0; word < Words; word++)
        {
            byte* target = Bytes(word, b);
            int first = word * Block;
            if (first + Block <= pixels.Length)
            {
                Vector512.Create(pixels.Slice(first, Block)).Store(target);
            }
            else
            {
                pixels[first..].CopyTo(new Span<byte>(target, Block));
            }
            ulong mask = ~Vector512.Equals(Vector512.Load(target), Vector512<byte>.Zero).ExtractMostSignificantBits();
            RowMasks(word)[b] = mask;
            signature ^= (mask & Sample) << (word % SampleStep);
        }
        return signature;
    }

    /// <summary>
    /// Puts rows side by side that are 0 in the same places, as far as a sample of their pixels tells: each with the one most
    /// like it of those that are left. Two rows of Fashion-MNIST taken together have 66 % of their pixels not 0 as they come,
    /// 57 % so paired; 32 pairs are found in less than a microsecond.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Pair(int from, int to)
    {
        int* order = Order + from;
        int count = to - from;
        for (int k = 0; k < count; k++)
        {
            order[k] = from + k;
        }
        for (int k = 0; k + 2 < count; k += 2)
        {
            ulong signature = _signatures[order[k]];
            int best = int.MaxValue;
            for (int other = k + 1; other < count; other++)
            {
                // Difference and place in one number: the least of them is the first of the most alike.
                best = Math.Min(best, (BitOperations.PopCount(signature ^ _signatures[order[other]]) * Block) + other - k - 1);
            }
            best = (best % Block) + k + 1;
            (order[k + 1], order[best]) = (order[best], order[k + 1]);
        }
    }

    /// <summary>
    /// Turns 64 rows of 64 bits into 64 columns: halves change places, then quarters, and so on. Eight rows lie in a
    /// vector: down to exchanges over 8 rows whole vectors are partners, then lanes within a vector.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transpose(ulong* source, ulong* bits)
    {
        new Span<ulong>(source, Block).CopyTo(new Span<ulong>(bits, Block));
        const int lanes = 8;
        ulong low = uint.MaxValue;
        int half = Block / 2;
        for (; half >= lanes; half /= 2)
        {
            Vector512<ulong> mask = Vector512.Create(low);
            for (int row = 0; row < Block; row = (row + half + lanes) & ~half)
            {
                Vector512<ulong> upper = Vector512.Load(bits + row);
                Vector512<ulong> lower = Vector512.Load(bits + row + half);
                Vector512<ulong> change = ((upper >> half) ^ lower) & mask;
                (upper ^ (change << half)).Store(bits + row);
                (lower ^ change).Store(bits + row + half);
            }
            low ^= low << (half / 2);
        }
        for (int row = 0; row < Block; row += lanes)
        {
            Vector512<ulong> v = Vector512.Load(bits + row);
            v = Exchange(v, Vector512.Shuffle(v, Vector512.Create(4UL, 5, 6, 7, 0, 1, 2, 3)), 4, 0x0F0F_0F0F_0F0F_0F0F, Upper4);
            v = Exchange(v, Vector512.Shuffle(v, Vector512.Create(2UL, 3, 0, 1, 6, 7, 4, 5)), 2, 0x3333_3333_3333_3333, Upper2);
            v = Exchange(v, Vector512.Shuffle(v, Vector512.Create(1UL, 0, 3, 2, 5, 4, 7, 6)), 1, 0x5555_5555_5555_5555, Upper1);
            v.Store(bits + row);
        }
    }

    /// <summary>Each row with its partner: of two, the upper gives its high bits for the lower's low ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Exchange(
        Vector512<ulong> rows, Vector512<ulong> partners, int half, ulong low, Vector512<ulong> upper)
    {
        Vector512<ulong> mask = Vector512.Create(low);
        return Vector512.ConditionalSelect(
            upper, (rows & mask) | ((partners & mask) << half), (rows & ~mask) | ((partners >> half) & mask));
    }
}
