using System.Runtime.CompilerServices;
using Trainer.Formulas;

namespace Trainer.Engines.Cpu;

/// <summary>
/// C[r,c] = start[c] + Σ_k A[r,k]·B[k,c]: the one loop behind forward (A = x, B = w_IO, start = bias), weight gradient
/// (A = xᵀ, B = dz) and input gradient (A = dz, B = w_OI).
/// </summary>
/// <remarks>
/// Every element has one accumulator and takes k in ascending order, so tiles of any size give the same bits. A tile
/// of R rows by V vectors keeps its R·V accumulators in registers and makes R·V fused multiply-adds from R broadcasts
/// and V loads: 4 by 4 fits the 32 registers of AVX-512, 4 by 2 the 16 of AVX2.
/// </remarks>
internal static unsafe class MatrixProduct
{
    private const int TileRows = 4;
    private const int WideVectors = 4;

    /// <summary>Matrix A and how it is walked: element (r, k) lies at start + r·rowStep + k·depthStep.</summary>
    public readonly struct Left(float* start, nint rowStep, nint depthStep)
    {
        /// <summary>Element (0, 0).</summary>
        public readonly float* Start = start;

        /// <summary>From one row to the next.</summary>
        public readonly nint RowStep = rowStep;

        /// <summary>From one k to the next.</summary>
        public readonly nint DepthStep = depthStep;
    }

    /// <summary>Fills C.</summary>
    /// <param name="a">A, (rows, depth).</param>
    /// <param name="b">B, (depth, columns), rows <paramref name="bStep"/> apart, zero-padded to whole cache lines.</param>
    /// <param name="bStep">From one row of B to the next.</param>
    /// <param name="start">What the sums begin with, (columns), or null for 0.</param>
    /// <param name="rows">Rows of A and C.</param>
    /// <param name="columns">Columns of B and C, a multiple of <see cref="AlignedBuffer.LineLength"/>.</param>
    /// <param name="depth">Number of products in each sum.</param>
    /// <param name="c">C, (rows, columns).</param>
    /// <param name="cStep">From one row of C to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Compute<TLanes>(
        Left a, float* b, nint bStep, float* start, int rows, int columns, int depth, float* c, nint cStep)
        where TLanes : struct, ILanes<TLanes>
    {
        // Four vectors side by side only where the registers suffice.
        int wide = TLanes.Count == AlignedBuffer.LineLength ? WideVectors * TLanes.Count : int.MaxValue;
        int column = 0;
        while (column < columns)
        {
            int left = columns - column;
            int width = left >= wide ? wide : left >= 2 * TLanes.Count ? 2 * TLanes.Count : TLanes.Count;
            float* bias = start == null ? null : start + column;
            int row = 0;
            for (; row + TileRows <= rows; row += TileRows)
            {
                float* aRow = a.Start + row * a.RowStep;
                float* cTile = c + row * cStep + column;
                if (width == wide)
                {
                    Tile4x4<TLanes>(aRow, a.RowStep, a.DepthStep, b + column, bStep, bias, depth, cTile, cStep);
                }
                else if (width == 2 * TLanes.Count)
                {
                    Tile4x2<TLanes>(aRow, a.RowStep, a.DepthStep, b + column, bStep, bias, depth, cTile, cStep);
                }
                else
                {
                    Tile4x1<TLanes>(aRow, a.RowStep, a.DepthStep, b + column, bStep, bias, depth, cTile, cStep);
                }
            }
            for (; row < rows; row++)
            {
                for (int v = 0; v < width; v += TLanes.Count)
                {
                    Tile1x1<TLanes>(
                        a.Start + row * a.RowStep, a.DepthStep, b + column + v, bStep,
                        bias == null ? null : bias + v, depth, c + row * cStep + column + v);
                }
            }
            column += width;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile4x4<TLanes>(
        float* a, nint aRow, nint aDepth, float* b, nint bStep, float* start, int depth, float* c, nint cStep)
        where TLanes : struct, ILanes<TLanes>
    {
        int n = TLanes.Count;
        TLanes s0 = Start<TLanes>(start, 0);
        TLanes s1 = Start<TLanes>(start, n);
        TLanes s2 = Start<TLanes>(start, 2 * n);
        TLanes s3 = Start<TLanes>(start, 3 * n);
        TLanes c00 = s0, c01 = s1, c02 = s2, c03 = s3;
        TLanes c10 = s0, c11 = s1, c12 = s2, c13 = s3;
        TLanes c20 = s0, c21 = s1, c22 = s2, c23 = s3;
        TLanes c30 = s0, c31 = s1, c32 = s2, c33 = s3;
        float* a1 = a + aRow;
        float* a2 = a1 + aRow;
        float* a3 = a2 + aRow;
        for (int k = 0; k < depth; k++)
        {
            TLanes b0 = TLanes.Load(b);
            TLanes b1 = TLanes.Load(b + n);
            TLanes b2 = TLanes.Load(b + 2 * n);
            TLanes b3 = TLanes.Load(b + 3 * n);
            TLanes x = TLanes.Broadcast(*a);
            c00 = TLanes.FusedMultiplyAdd(x, b0, c00);
            c01 = TLanes.FusedMultiplyAdd(x, b1, c01);
            c02 = TLanes.FusedMultiplyAdd(x, b2, c02);
            c03 = TLanes.FusedMultiplyAdd(x, b3, c03);
            x = TLanes.Broadcast(*a1);
            c10 = TLanes.FusedMultiplyAdd(x, b0, c10);
            c11 = TLanes.FusedMultiplyAdd(x, b1, c11);
            c12 = TLanes.FusedMultiplyAdd(x, b2, c12);
            c13 = TLanes.FusedMultiplyAdd(x, b3, c13);
            x = TLanes.Broadcast(*a2);
            c20 = TLanes.FusedMultiplyAdd(x, b0, c20);
            c21 = TLanes.FusedMultiplyAdd(x, b1, c21);
            c22 = TLanes.FusedMultiplyAdd(x, b2, c22);
            c23 = TLanes.FusedMultiplyAdd(x, b3, c23);
            x = TLanes.Broadcast(*a3);
            c30 = TLanes.FusedMultiplyAdd(x, b0, c30);
            c31 = TLanes.FusedMultiplyAdd(x, b1, c31);
            c32 = TLanes.FusedMultiplyAdd(x, b2, c32);
            c33 = TLanes.FusedMultiplyAdd(x, b3, c33);
            a += aDepth;
            a1 += aDepth;
            a2 += aDepth;
            a3 += aDepth;
            b += bStep;
        }
        Store4(c00, c01, c02, c03, c);
        Store4(c10, c11, c12, c13, c + cStep);
        Store4(c20, c21, c22, c23, c + 2 * cStep);
        Store4(c30, c31, c32, c33, c + 3 * cStep);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile4x2<TLanes>(
        float* a, nint aRow, nint aDepth, float* b, nint bStep, float* start, int depth, float* c, nint cStep)
        where TLanes : struct, ILanes<TLanes>
    {
        int n = TLanes.Count;
        TLanes s0 = Start<TLanes>(start, 0);
        TLanes s1 = Start<TLanes>(start, n);
        TLanes c00 = s0, c01 = s1, c10 = s0, c11 = s1, c20 = s0, c21 = s1, c30 = s0, c31 = s1;
        float* a1 = a + aRow;
        float* a2 = a1 + aRow;
        float* a3 = a2 + aRow;
        for (int k = 0; k < depth; k++)
        {
            TLanes b0 = TLanes.Load(b);
            TLanes b1 = TLanes.Load(b + n);
            TLanes x = TLanes.Broadcast(*a);
            c00 = TLanes.FusedMultiplyAdd(x, b0, c00);
            c01 = TLanes.FusedMultiplyAdd(x, b1, c01);
            x = TLanes.Broadcast(*a1);
            c10 = TLanes.FusedMultiplyAdd(x, b0, c10);
            c11 = TLanes.FusedMultiplyAdd(x, b1, c11);
            x = TLanes.Broadcast(*a2);
            c20 = TLanes.FusedMultiplyAdd(x, b0, c20);
            c21 = TLanes.FusedMultiplyAdd(x, b1, c21);
            x = TLanes.Broadcast(*a3);
            c30 = TLanes.FusedMultiplyAdd(x, b0, c30);
            c31 = TLanes.FusedMultiplyAdd(x, b1, c31);
            a += aDepth;
            a1 += aDepth;
            a2 += aDepth;
            a3 += aDepth;
            b += bStep;
        }
        Store2(c00, c01, c);
        Store2(c10, c11, c + cStep);
        Store2(c20, c21, c + 2 * cStep);
        Store2(c30, c31, c + 3 * cStep);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile4x1<TLanes>(
        float* a, nint aRow, nint aDepth, float* b, nint bStep, float* start, int depth, float* c, nint cStep)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes c0 = Start<TLanes>(start, 0);
        TLanes c1 = c0, c2 = c0, c3 = c0;
        float* a1 = a + aRow;
        float* a2 = a1 + aRow;
        float* a3 = a2 + aRow;
        for (int k = 0; k < depth; k++)
        {
            TLanes b0 = TLanes.Load(b);
            c0 = TLanes.FusedMultiplyAdd(TLanes.Broadcast(*a), b0, c0);
            c1 = TLanes.FusedMultiplyAdd(TLanes.Broadcast(*a1), b0, c1);
            c2 = TLanes.FusedMultiplyAdd(TLanes.Broadcast(*a2), b0, c2);
            c3 = TLanes.FusedMultiplyAdd(TLanes.Broadcast(*a3), b0, c3);
            a += aDepth;
            a1 += aDepth;
            a2 += aDepth;
            a3 += aDepth;
            b += bStep;
        }
        TLanes.Store(c0, c);
        TLanes.Store(c1, c + cStep);
        TLanes.Store(c2, c + 2 * cStep);
        TLanes.Store(c3, c + 3 * cStep);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile1x1<TLanes>(float* a, nint aDepth, float* b, nint bStep, float* start, int depth, float* c)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes sum = Start<TLanes>(start, 0);
        for (int k = 0; k < depth; k++)
        {
            sum = TLanes.FusedMultiplyAdd(TLanes.Broadcast(*a), TLanes.Load(b), sum);
            a += aDepth;
            b += bStep;
        }
        TLanes.Store(sum, c);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Start<TLanes>(float* start, int offset)
        where TLanes : struct, ILanes<TLanes> =>
        start == null ? TLanes.Constant(0) : TLanes.Load(start + offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store2<TLanes>(TLanes v0, TLanes v1, float* c)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes.Store(v0, c);
        TLanes.Store(v1, c + TLanes.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store4<TLanes>(TLanes v0, TLanes v1, TLanes v2, TLanes v3, float* c)
        where TLanes : struct, ILanes<TLanes>
    {
        Store2(v0, v1, c);
        Store2(v2, v3, c + 2 * TLanes.Count);
    }
}
