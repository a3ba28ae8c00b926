using System.Numerics;
using System.Runtime.CompilerServices;
using Trainer.Formulas;

namespace Trainer.Engines.Cpu;

/// <summary>
/// z_BO = bias + x_BI·w_IO of the first layer, where x are pixels: byte/255, looked up. Inputs that are 0 in both rows
/// of a pair are left out; in the columns that do not fill four vectors, those that are 0 in all of four rows.
/// </summary>
/// <remarks>
/// Leaving out fma(0, w, z) changes no bit while w is finite, except that it would make +0 of a z of −0 (if w is not
/// negative). So where a row ends in −0, and wherever a weight is infinite or NaN, nothing is left out: see
/// <see cref="InputPhase{TLanes}"/>.
/// Two rows by four vectors keep eight accumulators, and each vector of weights is used twice: that is what reaches the
/// peak, as one vector can be loaded in the time of one fused multiply-add (Zen 4, 64 outputs: rows alone took 36 ms of
/// an epoch and pairs as they come 35 ms, though these leave out 34 % of the products and those 50 %; pairs of alike rows
/// leave out 43 %).
/// </remarks>
internal static unsafe class ImageForward
{
    /// <summary>Rows of one panel.</summary>
    /// <param name="images">The pixels.</param>
    /// <param name="order">The rows to take, neighbours together.</param>
    /// <param name="count">Length of <paramref name="order"/>; a last row without neighbours is its own.</param>
    /// <param name="all">Whether nothing is to be left out.</param>
    /// <param name="w">The panel of w_IO.</param>
    /// <param name="width">Its columns.</param>
    /// <param name="bias">Its bias.</param>
    /// <param name="z">The panel's columns of z_BO, rows <paramref name="zStep"/> apart.</param>
    /// <param name="zStep">See <paramref name="z"/>.</param>
    public static void Compute<TLanes>(
        ImageBatch images, int* order, int count, bool all, float* w, int width, float* bias, float* z, int zStep)
        where TLanes : struct, ILanes<TLanes>
    {
        for (int word = 0; word < images.Words; word++)
        {
            ulong forced = all ? ImageBatch.First(images.Inputs - word * ImageBatch.Block) : 0;
            float* weights = w + (nint)word * ImageBatch.Block * width;
            float* start = word == 0 ? bias : z;
            int startStep = word == 0 ? 0 : zStep;
            int v = 0;
            for (; v + 4 * TLanes.Count <= width; v += 4 * TLanes.Count)
            {
                Pairs4<TLanes>(images, word, forced, order, count, weights + v, width, start + v, startStep, z + v, zStep);
            }
            for (; v < width; v += TLanes.Count)
            {
                Quads1<TLanes>(images, word, forced, order, count, weights + v, width, start + v, startStep, z + v, zStep);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pairs4<TLanes>(
        ImageBatch images, int word, ulong forced, int* order, int count, float* w, nint width, float* start, nint startStep,
        float* z, nint zStep)
        where TLanes : struct, ILanes<TLanes>
    {
        int n = TLanes.Count;
        float* value = PixelValues.Pointer;
        ulong* masks = images.RowMasks(word);
        byte* bytes = images.Bytes(word, 0);
        for (int k = 0; k < count; k += 2)
        {
            nint r0 = order[k];
            nint r1 = order[k + 1 < count ? k + 1 : k];
            byte* x0 = bytes + r0 * ImageBatch.Block;
            byte* x1 = bytes + r1 * ImageBatch.Block;
            float* s = start + r0 * startStep;
            TLanes c0 = TLanes.Load(s), c1 = TLanes.Load(s + n), c2 = TLanes.Load(s + 2 * n), c3 = TLanes.Load(s + 3 * n);
            s = start + r1 * startStep;
            TLanes d0 = TLanes.Load(s), d1 = TLanes.Load(s + n), d2 = TLanes.Load(s + 2 * n), d3 = TLanes.Load(s + 3 * n);
            for (ulong left = masks[r0] | masks[r1] | forced; left != 0; left &= left - 1)
            {
                nint i = BitOperations.TrailingZeroCount(left);
                TLanes x = TLanes.Broadcast(value[x0[i]]);
                TLanes y = TLanes.Broadcast(value[x1[i]]);
                float* row = w + i * width;
                TLanes w0 = TLanes.Load(row), w1 = TLanes.Load(row + n), w2 = TLanes.Load(row + 2 * n), w3 = TLanes.Load(row + 3 * n);
                c0 = TLanes.FusedMultiplyAdd(x, w0, c0);
                c1 = TLanes.FusedMultiplyAdd(x, w1, c1);
                c2 = TLanes.FusedMultiplyAdd(x, w2, c2);
                c3 = TLanes.FusedMultiplyAdd(x, w3, c3);
                d0 = TLanes.FusedMultiplyAdd(y, w0, d0);
                d1 = TLanes.FusedMultiplyAdd(y, w1, d1);
                d2 = TLanes.FusedMultiplyAdd(y, w2, d2);
                d3 = TLanes.FusedMultiplyAdd(y, w3, d3);
            }
            Tiles.Store4(c0, c1, c2, c3, z + r0 * zStep);
            Tiles.Store4(d0, d1, d2, d3, z + r1 * zStep);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Quads1<TLanes>(
        ImageBatch images, int word, ulong forced, int* order, int count, float* w, nint width, float* start, nint startStep,
        float* z, nint zStep)
        where TLanes : struct, ILanes<TLanes>
    {
        float* value = PixelValues.Pointer;
        ulong* masks = images.RowMasks(word);
        byte* bytes = images.Bytes(word, 0);
        for (int k = 0; k < count; k += 4)
        {
            nint r0 = order[k];
            nint r1 = order[Math.Min(k + 1, count - 1)];
            nint r2 = order[Math.Min(k + 2, count - 1)];
            nint r3 = order[Math.Min(k + 3, count - 1)];
            byte* x0 = bytes + r0 * ImageBatch.Block;
            byte* x1 = bytes + r1 * ImageBatch.Block;
            byte* x2 = bytes + r2 * ImageBatch.Block;
            byte* x3 = bytes + r3 * ImageBatch.Block;
            TLanes c0 = TLanes.Load(start + r0 * startStep);
            TLanes c1 = TLanes.Load(start + r1 * startStep);
            TLanes c2 = TLanes.Load(start + r2 * startStep);
            TLanes c3 = TLanes.Load(start + r3 * startStep);
            ulong left = masks[r0] | masks[r1] | masks[r2] | masks[r3] | forced;
            for (; left != 0; left &= left - 1)
            {
                nint i = BitOperations.TrailingZeroCount(left);
                TLanes weights = TLanes.Load(w + i * width);
                c0 = TLanes.FusedMultiplyAdd(TLanes.Broadcast(value[x0[i]]), weights, c0);
                c1 = TLanes.FusedMultiplyAdd(TLanes.Broadcast(value[x1[i]]), weights, c1);
                c2 = TLanes.FusedMultiplyAdd(TLanes.Broadcast(value[x2[i]]), weights, c2);
                c3 = TLanes.FusedMultiplyAdd(TLanes.Broadcast(value[x3[i]]), weights, c3);
            }
            TLanes.Store(c0, z + r0 * zStep);
            TLanes.Store(c1, z + r1 * zStep);
            TLanes.Store(c2, z + r2 * zStep);
            TLanes.Store(c3, z + r3 * zStep);
        }
    }
}
