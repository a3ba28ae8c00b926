using System.Numerics;
using System.Runtime.CompilerServices;
using Trainer.Formulas;

namespace Trainer.Engines.Cpu;

/// <summary>
/// dw[i,o] = Σ_b x[b,i]·dz[b,o] of the first layer, b ascending, for up to 64 inputs of one panel. Rows in
/// which both inputs of a pair are 0 are left out: neighbouring pixels are 0 together, so that 45 % are.
/// </summary>
/// <remarks>
/// The sum starts at +0, and leaving out fma(0, dz, dw) changes no bit while dz is finite and dw is not −0, which only
/// underflow can make of it. So where a pair's sums (in the last columns: those of four inputs) end in −0 they are made again in full, and wherever a dz is infinite
/// or NaN nothing is left out.
/// </remarks>
internal static unsafe class ImageGradient
{
    /// <summary>Inputs <paramref name="from"/> … <paramref name="to"/> − 1 of the 64 in word <paramref name="word"/>.</summary>
    /// <param name="images">The pixels; their input masks are made.</param>
    /// <param name="rows">B.</param>
    /// <param name="all">Whether nothing is to be left out.</param>
    /// <param name="word">Which 64 inputs.</param>
    /// <param name="from">The first of them to take, 0 to 63.</param>
    /// <param name="to">The one behind the last.</param>
    /// <param name="dz">The panel of dz_BO, rows <paramref name="dzStep"/> apart.</param>
    /// <param name="dzStep">See <paramref name="dz"/>.</param>
    /// <param name="width">Columns of the panel.</param>
    /// <param name="continues">Whether the sums go on from what is in <paramref name="sums"/>; else they begin with 0.</param>
    /// <param name="sums">Receives dw of input <paramref name="from"/> and those behind it, (inputs, width).</param>
    public static void Compute<TLanes>(
        ImageBatch images, int rows, bool all, int word, int from, int to, float* dz, int dzStep, int width,
        bool continues, float* sums)
        where TLanes : struct, ILanes<TLanes>
    {
        for (int first = 0; first < rows; first += ImageBatch.Block)
        {
            var block = new RowBlock
            {
                Masks = images.InputMasks(word, first) + from,
                Full = ImageBatch.First(rows - first),
                All = all,
                Bytes = images.Bytes(word, first) + from,
                Dz = dz + (nint)first * dzStep,
                DzStep = dzStep,
                Width = width,
                Continues = continues || first > 0,
            };
            int v = 0;
            for (; v + 4 * TLanes.Count <= width; v += 4 * TLanes.Count)
            {
                Pairs4<TLanes>(block, to - from, v, sums);
            }
            for (; v < width; v += TLanes.Count)
            {
                Quads1<TLanes>(block, to - from, v, sums);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pairs4<TLanes>(in RowBlock block, int count, int v, float* sums)
        where TLanes : struct, ILanes<TLanes>
    {
        int n = TLanes.Count;
        float* value = PixelValues.Pointer;
        nint dzStep = block.DzStep;
        float* dz = block.Dz + v;
        ulong full = block.Full;
        for (int i = 0; i < count; i += 2)
        {
            int partner = Math.Min(i + 1, count - 1);
            byte* x0 = block.Bytes + i;
            byte* x1 = block.Bytes + partner;
            float* g = sums + (nint)i * block.Width + v;
            float* h = sums + (nint)partner * block.Width + v;
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
                    TLanes x = TLanes.Broadcast(value[x0[b * ImageBatch.Block]]);
                    TLanes y = TLanes.Broadcast(value[x1[b * ImageBatch.Block]]);
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
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Quads1<TLanes>(in RowBlock block, int count, int v, float* sums)
        where TLanes : struct, ILanes<TLanes>
    {
        float* value = PixelValues.Pointer;
        nint dzStep = block.DzStep;
        nint width = block.Width;
        float* dz = block.Dz + v;
        ulong full = block.Full;
        for (int i = 0; i < count; i += 4)
        {
            int i1 = Math.Min(i + 1, count - 1);
            int i2 = Math.Min(i + 2, count - 1);
            int i3 = Math.Min(i + 3, count - 1);
            byte* x0 = block.Bytes + i;
            byte* x1 = block.Bytes + i1;
            byte* x2 = block.Bytes + i2;
            byte* x3 = block.Bytes + i3;
            ulong mask = block.All ? full : block.Masks[i] | block.Masks[i1] | block.Masks[i2] | block.Masks[i3];
            TLanes c0, c1, c2, c3;
            while (true)
            {
                c0 = c1 = c2 = c3 = TLanes.Constant(0);
                if (block.Continues)
                {
                    c0 = TLanes.Load(sums + i * width + v);
                    c1 = TLanes.Load(sums + i1 * width + v);
                    c2 = TLanes.Load(sums + i2 * width + v);
                    c3 = TLanes.Load(sums + i3 * width + v);
                }
                for (ulong left = mask; left != 0; left &= left - 1)
                {
                    nint b = BitOperations.TrailingZeroCount(left);
                    TLanes z = TLanes.Load(dz + b * dzStep);
                    nint row = b * ImageBatch.Block;
                    c0 = TLanes.FusedMultiplyAdd(TLanes.Broadcast(value[x0[row]]), z, c0);
                    c1 = TLanes.FusedMultiplyAdd(TLanes.Broadcast(value[x1[row]]), z, c1);
                    c2 = TLanes.FusedMultiplyAdd(TLanes.Broadcast(value[x2[row]]), z, c2);
                    c3 = TLanes.FusedMultiplyAdd(TLanes.Broadcast(value[x3[row]]), z, c3);
                }
                if (mask == full || !TLanes.HasNegativeZero(TLanes.MinBits(TLanes.MinBits(c0, c1), TLanes.MinBits(c2, c3))))
                {
                    break;
                }
                mask = full;
            }
            TLanes.Store(c0, sums + i * width + v);
            TLanes.Store(c1, sums + i1 * width + v);
            TLanes.Store(c2, sums + i2 * width + v);
            TLanes.Store(c3, sums + i3 * width + v);
        }
    }

    /// <summary>Up to 64 rows of the batch, as one block of inputs sees them.</summary>
    private ref struct RowBlock
    {
        /// <summary>For each of the inputs, the rows in which it is not 0.</summary>
        public ulong* Masks;

        /// <summary>All rows of the block.</summary>
        public ulong Full;

        /// <summary>Whether nothing is to be left out.</summary>
        public bool All;

        /// <summary>Pixel of the first row and the first of the inputs.</summary>
        public byte* Bytes;

        /// <summary>dz of the first row.</summary>
        public float* Dz;

        /// <summary>From one row of dz to the next.</summary>
        public int DzStep;

        /// <summary>Columns of the panel.</summary>
        public int Width;

        /// <summary>Whether sums go on from an earlier block.</summary>
        public bool Continues;
    }
}
