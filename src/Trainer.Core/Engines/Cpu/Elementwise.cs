using System.Runtime.CompilerServices;
using Trainer.Formulas;

namespace Trainer.Engines.Cpu;

/// <summary>Loops over single elements, in vectors. Counts are multiples of <see cref="AlignedBuffer.LineLength"/>,
/// which every vector width divides.</summary>
internal static unsafe class Elementwise
{
    /// <summary>product = left·right.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply<TLanes>(float* left, float* right, int count, float* product)
        where TLanes : struct, ILanes<TLanes>
    {
        for (int k = 0; k < count; k += TLanes.Count)
        {
            TLanes.Store(TLanes.Load(left + k) * TLanes.Load(right + k), product + k);
        }
    }

    /// <summary>db[o] = start[o] + Σ_b dz[b,o], b ascending.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SumRows<TLanes>(float* dz, nint step, int rows, int columns, float* start, float* db)
        where TLanes : struct, ILanes<TLanes>
    {
        int n = TLanes.Count;
        int o = 0;
        // Four sums at a time: each waits for its own last addition only.
        for (; o + 4 * n <= columns; o += 4 * n)
        {
            Tiles.Load4(start + o, out TLanes s0, out TLanes s1, out TLanes s2, out TLanes s3);
            for (int b = 0; b < rows; b++)
            {
                float* row = dz + b * step + o;
                s0 += TLanes.Load(row);
                s1 += TLanes.Load(row + n);
                s2 += TLanes.Load(row + 2 * n);
                s3 += TLanes.Load(row + 3 * n);
            }
            Tiles.Store4(s0, s1, s2, s3, db + o);
        }
        for (; o < columns; o += n)
        {
            TLanes sum = TLanes.Load(start + o);
            for (int b = 0; b < rows; b++)
            {
                sum += TLanes.Load(dz + b * step + o);
            }
            TLanes.Store(sum, db + o);
        }
    }

    /// <summary>Whether one of the numbers in some rows of z is −0.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="count">How many rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="z">The first column.</param>
    /// <param name="zStep">From one row to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool HasNegativeZero<TLanes>(int* rows, int count, int width, float* z, nint zStep)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes least = TLanes.Constant(0);
        for (int k = 0; k < count; k++)
        {
            float* row = z + rows[k] * zStep;
            for (int o = 0; o < width; o += TLanes.Count)
            {
                least = TLanes.MinBits(least, TLanes.Load(row + o));
            }
        }
        return TLanes.HasNegativeZero(least);
    }

    /// <summary>Whether none of the numbers is infinite or NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool AllFinite<TLanes>(float* x, int count)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes greatest = TLanes.Constant(0);
        for (int k = 0; k < count; k += TLanes.Count)
        {
            greatest = TLanes.MaxMagnitude(greatest, TLanes.Load(x + k));
        }
        return TLanes.AllFinite(greatest);
    }

    /// <summary>
    /// Softmax and cross-entropy of one row, as <see cref="Reference.Equations.SoftmaxCrossEntropy"/>; the exponentials
    /// and quotients in vectors, the maximum and the sum in order.
    /// </summary>
    /// <param name="z">Logits, (O), padded.</param>
    /// <param name="outputs">O.</param>
    /// <param name="label">The right class.</param>
    /// <param name="p">Receives the probabilities, padded; what stands in the padding means nothing.</param>
    /// <param name="prediction">Receives the most probable class, the first of equals.</param>
    /// <param name="logarithm">Receives ln Σ.</param>
    /// <returns>The loss.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float SoftmaxCrossEntropy<TLanes>(
        float* z, int outputs, int label, float* p, out int prediction, out float logarithm)
        where TLanes : struct, ILanes<TLanes>
    {
        int best = 0;
        for (int o = 1; o < outputs; o++)
        {
            best = z[o] > z[best] ? o : best;
        }
        prediction = best;
        TLanes max = TLanes.Broadcast(z[best]);
        for (int o = 0; o < outputs; o += TLanes.Count)
        {
            TLanes.Store(TLanes.Exp(TLanes.Load(z + o) - max), p + o);
        }
        float sum = 0;
        for (int o = 0; o < outputs; o++)
        {
            sum += p[o];
        }
        TLanes total = TLanes.Broadcast(sum);
        for (int o = 0; o < outputs; o += TLanes.Count)
        {
            TLanes.Store(TLanes.Load(p + o) / total, p + o);
        }
        logarithm = Scalar.Log(new Scalar(sum)).Value;
        return logarithm - (z[label] - z[best]);
    }

    /// <summary>dz_o = (p_o − [o = y])/B, in place of p; the padding becomes 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SoftmaxCrossEntropyBackward<TLanes>(int outputs, int label, int rows, int padded, float* p)
        where TLanes : struct, ILanes<TLanes>
    {
        p[label] -= 1;
        TLanes count = TLanes.Constant(rows);
        for (int o = 0; o < outputs; o += TLanes.Count)
        {
            TLanes.Store(TLanes.Load(p + o) / count, p + o);
        }
        new Span<float>(p + outputs, padded - outputs).Clear();
    }
}
