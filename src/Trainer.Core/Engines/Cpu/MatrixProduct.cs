using System.Runtime.CompilerServices;
using Trainer.Formulas;

namespace Trainer.Engines.Cpu;

/// <summary>
/// C[r,c] = S[r,c] + Σ_k A[r,k]·B[k,c]: the one loop behind forward (A = x, B = w_IO, S = bias), weight gradient
/// (A = xᵀ, B = dz) and input gradient (A = dz, B = w_OI) of every layer that does not take pixels.
/// </summary>
/// <remarks>
/// Every element has one accumulator and takes k in ascending order, so tiles of any size give the same bits. A tile
/// of R rows by V vectors keeps its R·V accumulators in registers and makes R·V fused multiply-adds from R broadcasts
/// and V loads: 4 by 4 fits the 32 registers of AVX-512, 4 by 2 the 16 of AVX2. Depth comes in pieces of
/// <see cref="Depth"/>, so that the piece of B, 16 KiB, stays in the first cache while all rows pass; between
/// pieces the sums rest in C.
/// </remarks>
internal static unsafe class MatrixProduct
{
    /// <summary>Greatest depth of a piece.</summary>
    public const int Depth = 64;

    private const int TileRows = 4;
    private const int WideVectors = 4;

    /// <summary>A matrix and how it is walked: element (r, k) lies at start + r·rowStep + k·depthStep.</summary>
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
    /// <param name="b">B, (depth, columns), rows <paramref name="bStep"/> apart.</param>
    /// <param name="bStep">From one row of B to the next.</param>
    /// <param name="s">S, rows <paramref name="sStep"/> apart: what the sums begin with; may be C itself.</param>
    /// <param name="sStep">From one row of S to the next; 0 where all rows begin alike.</param>
    /// <param name="rows">Rows of A and C.</param>
    /// <param name="columns">Columns of B and C, a multiple of <see cref="AlignedBuffer.LineLength"/>.</param>
    /// <param name="depth">Number of products in each sum.</param>
    /// <param name="c">C, (rows, columns).</param>
    /// <param name="cStep">From one row of C to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Compute<TLanes>(
        Left a, float* b, nint bStep, float* s, nint sStep, int rows, int columns, int depth, float* c, nint cStep)
        where TLanes : struct, ILanes<TLanes>
    {
        // Four vectors side by side only where the registers suffice.
        int wide = TLanes.Count == AlignedBuffer.LineLength ? WideVectors * TLanes.Count : int.MaxValue;
        int column = 0;
        while (column < columns)
        {
            int left = columns - column;
            int width = left >= wide ? wide : left >= 2 * TLanes.Count ? 2 * TLanes.Count : TLanes.Count;
            int row = 0;
            for (; row + TileRows <= rows; row += TileRows)
            {
                float* aRow = a.Start + row * a.RowStep;
                float* sTile = s + row * sStep + column;
                float* cTile = c + row * cStep + column;
                if (width == wide)
                {
                    Tile4x4<TLanes>(aRow, a.RowStep, a.DepthStep, b + column, bStep, sTile, sStep, depth, cTile, cStep);
                }
                else if (width == 2 * TLanes.Count)
                {
                    Tile4x2<TLanes>(aRow, a.RowStep, a.DepthStep, b + column, bStep, sTile, sStep, depth, cTile, cStep);
                }
                else
                {
                    Tile4x1<TLanes>(aRow, a.RowStep, a.DepthStep, b + column, bStep, sTile, sStep, depth, cTile, cStep);
                }
            }
            for (; row < rows; row++)
            {
                float* aRow = a.Start + row * a.RowStep;
                if (width == wide)
                {
                    Tile1x4<TLanes>(
                        aRow, a.DepthStep, b + column, bStep, s + row * sStep + column, depth, c + row * cStep + column);
                    continue;
                }
                for (int v = column; v < column + width; v += TLanes.Count)
                {
                    Tile1x1<TLanes>(aRow, a.DepthStep, b + v, bStep, s + row * sStep + v, depth, c + row * cStep + v);
                }
            }
            column += width;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile4x4<TLanes>(
        float* a, nint aRow, nint aDepth, float* b, nint bStep, float* s, nint sStep, int depth, float* c, nint cStep)
        where TLanes : struct, ILanes<TLanes>
    {
        int n = TLanes.Count;
        Tiles.Load4(s, out TLanes c00, out TLanes c01, out TLanes c02, out TLanes c03);
        Tiles.Load4(s + sStep, out TLanes c10, out TLanes c11, out TLanes c12, out TLanes c13);
        Tiles.Load4(s + 2 * sStep, out TLanes c20, out TLanes c21, out TLanes c22, out TLanes c23);
        Tiles.Load4(s + 3 * sStep, out TLanes c30, out TLanes c31, out TLanes c32, out TLanes c33);
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
        Tiles.Store4(c00, c01, c02, c03, c);
        Tiles.Store4(c10, c11, c12, c13, c + cStep);
        Tiles.Store4(c20, c21, c22, c23, c + 2 * cStep);
        Tiles.Store4(c30, c31, c32, c33, c + 3 * cStep);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile4x2<TLanes>(
        float* a, nint aRow, nint aDepth, float* b, nint bStep, float* s, nint sStep, int depth, float* c, nint cStep)
        where TLanes : struct, ILanes<TLanes>
    {
        int n = TLanes.Count;
        Tiles.Load2(s, out TLanes c00, out TLanes c01);
        Tiles.Load2(s + sStep, out TLanes c10, out TLanes c11);
        Tiles.Load2(s + 2 * sStep, out TLanes c20, out TLanes c21);
        Tiles.Load2(s + 3 * sStep, out TLanes c30, out TLanes c31);
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
        Tiles.Store2(c00, c01, c);
        Tiles.Store2(c10, c11, c + cStep);
        Tiles.Store2(c20, c21, c + 2 * cStep);
        Tiles.Store2(c30, c31, c + 3 * cStep);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile4x1<TLanes>(
        float* a, nint aRow, nint aDepth, float* b, nint bStep, float* s, nint sStep, int depth, float* c, nint cStep)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes c0 = TLanes.Load(s);
        TLanes c1 = TLanes.Load(s + sStep);
        TLanes c2 = TLanes.Load(s + 2 * sStep);
        TLanes c3 = TLanes.Load(s + 3 * sStep);
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
    private static void Tile1x4<TLanes>(float* a, nint aDepth, float* b, nint bStep, float* s, int depth, float* c)
        where TLanes : struct, ILanes<TLanes>
    {
        int n = TLanes.Count;
        Tiles.Load4(s, out TLanes c0, out TLanes c1, out TLanes c2, out TLanes c3);
        for (int k = 0; k < depth; k++)
        {
            TLanes x = TLanes.Broadcast(*a);
            c0 = TLanes.FusedMultiplyAdd(x, TLanes.Load(b), c0);
            c1 = TLanes.FusedMultiplyAdd(x, TLanes.Load(b + n), c1);
            c2 = TLanes.FusedMultiplyAdd(x, TLanes.Load(b + 2 * n), c2);
            c3 = TLanes.FusedMultiplyAdd(x, TLanes.Load(b + 3 * n), c3);
            a += aDepth;
            b += bStep;
        }
        Tiles.Store4(c0, c1, c2, c3, c);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile1x1<TLanes>(float* a, nint aDepth, float* b, nint bStep, float* s, int depth, float* c)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes sum = TLanes.Load(s);
        for (int k = 0; k < depth; k++)
        {
            sum = TLanes.FusedMultiplyAdd(TLanes.Broadcast(*a), TLanes.Load(b), sum);
            a += aDepth;
            b += bStep;
        }
        TLanes.Store(sum, c);
    }
}
