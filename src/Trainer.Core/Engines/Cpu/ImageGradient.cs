using System.Numerics;
using System.Runtime.CompilerServices;
using Trainer.Formulas;
using Trainer.Optimizers;

namespace Trainer.Engines.Cpu;

/// <summary>
/// dw[i,o] = Σ_b x[b,i]·dz[b,o] of the first layer, b ascending, and the update of w, for 64 inputs of one panel. Rows in
/// which both inputs of a pair are 0 are left out: neighbouring pixels are 0 together, so that 45 % are.
/// </summary>
/// <remarks>
/// The sum starts at +0, and leaving out fma(0, dz, dw) changes no bit while dz is finite and dw is not −0, which only
/// underflow can make of it. So where a pair's sums end in −0 they are made again in full, and wherever a dz is infinite
/// or NaN nothing is left out.
/// </remarks>
internal static unsafe class ImageGradient
{
    /// <summary>Numbers of the scratch: 64 inputs of a panel.</summary>
    public const int ScratchLength = ImageBatch.Block * Panels.Width;

    /// <summary>One block of inputs.</summary>
    /// <param name="images">The pixels; their input masks are made.</param>
    /// <param name="rows">B.</param>
    /// <param name="all">Whether nothing is to be left out.</param>
    /// <param name="word">Which 64 inputs.</param>
    /// <param name="from">The first of them to take, 0 to 63.</param>
    /// <param name="to">The one behind the last.</param>
    /// <param name="dz">The panel of dz_BO, rows <paramref name="dzStep"/> apart.</param>
    /// <param name="dzStep">See <paramref name="dz"/>.</param>
    /// <param name="width">Columns of the panel.</param>
    /// <param name="scratch">Holds the sums between blocks of rows, <see cref="ScratchLength"/> numbers.</param>
    /// <param name="update">What to do with the finished sums.</param>
    /// <param name="offset">Where the weights of the 64 inputs begin, for <paramref name="update"/>.</param>
    public static void Compute<TLanes, TRule>(
        ImageBatch images, int rows, bool all, int word, int from, int to,
        float* dz, int dzStep, int width, float* scratch, ref WeightUpdate<TLanes, TRule> update, nint offset)
        where TLanes : struct, ILanes<TLanes>
        where TRule : struct, IUpdateRule
    {
        for (int first = 0; first < rows; first += ImageBatch.Block)
        {
            var block = new RowBlock
            {
                Masks = images.InputMasks + (nint)(first / ImageBatch.Block) * images.RowBytes + word * ImageBatch.Block,
                Full = ImageBatch.First(rows - first),
                All = all,
                Bytes = images.Bytes + (nint)first * images.RowBytes + word * ImageBatch.Block,
                RowBytes = images.RowBytes,
                Dz = dz + (nint)first * dzStep,
                DzStep = dzStep,
                Width = width,
                Offset = offset,
                Continues = first > 0,
                Ends = first + ImageBatch.Block >= rows,
            };
            int v = 0;
            for (; v + 4 * TLanes.Count <= width; v += 4 * TLanes.Count)
            {
                Pairs4(block, from, to, v, scratch, ref update);
            }
            for (; v < width; v += TLanes.Count)
            {
                Pairs1(block, from, to, v, scratch, ref update);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pairs4<TLanes, TRule>(
        in RowBlock block, int from, int to, int v, float* scratch, ref WeightUpdate<TLanes, TRule> update)
        where TLanes : struct, ILanes<TLanes>
        where TRule : struct, IUpdateRule
    {
        int n = TLanes.Count;
        float* value = PixelValues.Pointer;
        nint rowBytes = block.RowBytes;
        nint dzStep = block.DzStep;
        float* dz = block.Dz + v;
        ulong full = block.Full;
        for (int i = from; i < to; i += 2)
        {
            int partner = i + 1 < to ? i + 1 : i;
            byte* x0 = block.Bytes + i;
            byte* x1 = block.Bytes + partner;
            // Sums that are used up at once all pass through one place, which stays in the first cache.
            float* g = scratch + (block.UsesUp ? 0 : (nint)i * block.Width) + v;
            float* h = scratch + (block.UsesUp ? block.Width : (nint)partner * block.Width) + v;
            ulong mask = block.All ? full : block.Masks[i] | block.Masks[partner];
            TLanes c0, c1, c2, c3, d0, d1, d2, d3;
            while (true)
            {
                c0 = c1 = c2 = c3 = d0 = d1 = d2 = d3 = TLanes.Constant(0);
                if (block.Continues)
                {
                    Tiles.Load4(g, out c0, out c1, out c2, out c3);
                    Tiles.Load4(h, out d0, out d1, out d2, out d3);
                }
                for (ulong left = mask; left != 0; left &= left - 1)
                {
                    nint b = BitOperations.TrailingZeroCount(left);
                    TLanes x = TLanes.Broadcast(value[x0[b * rowBytes]]);
                    TLanes y = TLanes.Broadcast(value[x1[b * rowBytes]]);
                    float* row = dz + b * dzStep;
                    TLanes z0 = TLanes.Load(row), z1 = TLanes.Load(row + n), z2 = TLanes.Load(row + 2 * n), z3 = TLanes.Load(row + 3 * n);
                    c0 = TLanes.FusedMultiplyAdd(x, z0, c0);
                    c1 = TLanes.FusedMultiplyAdd(x, z1, c1);
                    c2 = TLanes.FusedMultiplyAdd(x, z2, c2);
                    c3 = TLanes.FusedMultiplyAdd(x, z3, c3);
                    d0 = TLanes.FusedMultiplyAdd(y, z0, d0);
                    d1 = TLanes.FusedMultiplyAdd(y, z1, d1);
                    d2 = TLanes.FusedMultiplyAdd(y, z2, d2);
                    d3 = TLanes.FusedMultiplyAdd(y, z3, d3);
                }
                TLanes least = TLanes.MinBits(
                    TLanes.MinBits(TLanes.MinBits(c0, c1), TLanes.MinBits(c2, c3)),
                    TLanes.MinBits(TLanes.MinBits(d0, d1), TLanes.MinBits(d2, d3)));
                if (mask == full || !TLanes.HasNegativeZero(least))
                {
                    break;
                }
                mask = full;
            }
            Tiles.Store4(c0, c1, c2, c3, g);
            Tiles.Store4(d0, d1, d2, d3, h);
            if (block.Ends)
            {
                update.Apply(g, block.Offset + (nint)i * block.Width + v, 4 * n);
                if (partner != i)
                {
                    update.Apply(h, block.Offset + (nint)partner * block.Width + v, 4 * n);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pairs1<TLanes, TRule>(
        in RowBlock block, int from, int to, int v, float* scratch, ref WeightUpdate<TLanes, TRule> update)
        where TLanes : struct, ILanes<TLanes>
        where TRule : struct, IUpdateRule
    {
        float* value = PixelValues.Pointer;
        nint rowBytes = block.RowBytes;
        nint dzStep = block.DzStep;
        float* dz = block.Dz + v;
        ulong full = block.Full;
        for (int i = from; i < to; i += 2)
        {
            int partner = i + 1 < to ? i + 1 : i;
            byte* x0 = block.Bytes + i;
            byte* x1 = block.Bytes + partner;
            // Sums that are used up at once all pass through one place, which stays in the first cache.
            float* g = scratch + (block.UsesUp ? 0 : (nint)i * block.Width) + v;
            float* h = scratch + (block.UsesUp ? block.Width : (nint)partner * block.Width) + v;
            ulong mask = block.All ? full : block.Masks[i] | block.Masks[partner];
            TLanes c, d;
            while (true)
            {
                c = block.Continues ? TLanes.Load(g) : TLanes.Constant(0);
                d = block.Continues ? TLanes.Load(h) : TLanes.Constant(0);
                for (ulong left = mask; left != 0; left &= left - 1)
                {
                    nint b = BitOperations.TrailingZeroCount(left);
                    TLanes z = TLanes.Load(dz + b * dzStep);
                    c = TLanes.FusedMultiplyAdd(TLanes.Broadcast(value[x0[b * rowBytes]]), z, c);
                    d = TLanes.FusedMultiplyAdd(TLanes.Broadcast(value[x1[b * rowBytes]]), z, d);
                }
                if (mask == full || !TLanes.HasNegativeZero(TLanes.MinBits(c, d)))
                {
                    break;
                }
                mask = full;
            }
            TLanes.Store(c, g);
            TLanes.Store(d, h);
            if (block.Ends)
            {
                update.Apply(g, block.Offset + (nint)i * block.Width + v, TLanes.Count);
                if (partner != i)
                {
                    update.Apply(h, block.Offset + (nint)partner * block.Width + v, TLanes.Count);
                }
            }
        }
    }

    /// <summary>Up to 64 rows of the batch, as one block of inputs sees them.</summary>
    private ref struct RowBlock
    {
        /// <summary>For each of the 64 inputs, the rows in which it is not 0.</summary>
        public ulong* Masks;

        /// <summary>All rows of the block.</summary>
        public ulong Full;

        /// <summary>Whether nothing is to be left out.</summary>
        public bool All;

        /// <summary>Pixel of the first row and the first of the inputs.</summary>
        public byte* Bytes;

        /// <summary>From one row's pixels to the next.</summary>
        public int RowBytes;

        /// <summary>dz of the first row.</summary>
        public float* Dz;

        /// <summary>From one row of dz to the next.</summary>
        public int DzStep;

        /// <summary>Columns of the panel.</summary>
        public int Width;

        /// <summary>Where the weights of the inputs begin.</summary>
        public nint Offset;

        /// <summary>Whether this block is all there is.</summary>
        public readonly bool UsesUp => Ends && !Continues;

        /// <summary>Whether sums go on from an earlier block.</summary>
        public bool Continues;

        /// <summary>Whether no block follows.</summary>
        public bool Ends;
    }
}
