using System.Numerics;

namespace Trainer.Initializers;

/// <summary>The Q of a QR decomposition, to the same bits on every machine.</summary>
internal static class Orthonormal
{
    /// <summary>
    /// Replaces a matrix with at least as many rows as columns by the Q of its QR decomposition with a positive diagonal of R:
    /// modified Gram-Schmidt, twice. The first pass leaves the columns orthogonal up to a rounding times the matrix's
    /// condition, the second, which starts from that, up to a few roundings.
    /// </summary>
    /// <remarks>Multiplication, addition, division and square root in binary64, each rounded by itself. Every dot product is one
    /// sum over the rows in ascending order; vectors run over columns, so that their width changes no bit.</remarks>
    /// <param name="matrix">Rows x columns, row-major; overwritten.</param>
    /// <param name="columns">Number of columns.</param>
    public static void Columns(Span<double> matrix, int columns)
    {
        double[] dots = new double[columns];
        for (int pass = 0; pass < 2; pass++)
        {
            for (int j = 0; j < columns; j++)
            {
                Normalize(matrix, columns, j);
                Span<double> later = dots.AsSpan(j + 1);
                later.Clear();
                for (int start = 0; start < matrix.Length; start += columns)
                {
                    AddScaled(matrix[start + j], matrix.Slice(start + j + 1, later.Length), later);
                }
                for (int start = 0; start < matrix.Length; start += columns)
                {
                    // a − q·r as a + (−q)·r, which is the same number.
                    AddScaled(-matrix[start + j], later, matrix.Slice(start + j + 1, later.Length));
                }
            }
        }
    }

    private static void Normalize(Span<double> matrix, int columns, int column)
    {
        double square = 0;
        for (int k = column; k < matrix.Length; k += columns)
        {
            square += matrix[k] * matrix[k];
        }
        double length = Math.Sqrt(square);
        for (int k = column; k < matrix.Length; k += columns)
        {
            matrix[k] /= length;
        }
    }

    /// <summary>sum ← sum + factor·x, product and sum rounded one after the other.</summary>
    private static void AddScaled(double factor, ReadOnlySpan<double> x, Span<double> sum)
    {
        int k = 0;
        for (; k <= x.Length - Vector<double>.Count; k += Vector<double>.Count)
        {
            (new Vector<double>(sum[k..]) + new Vector<double>(x[k..]) * factor).CopyTo(sum[k..]);
        }
        for (; k < x.Length; k++)
        {
            sum[k] += x[k] * factor;
        }
    }
}
