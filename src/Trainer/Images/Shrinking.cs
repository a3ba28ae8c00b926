namespace Trainer.Images;

/// <summary>Makes images smaller.</summary>
internal static class Shrinking
{
    /// <summary>
    /// Each pixel of the result is the mean of the area that it covers in the source, pixels cut by its edge counting by
    /// the part inside.
    /// </summary>
    /// <param name="source">rows · columns bytes.</param>
    /// <param name="rows">Height of the source.</param>
    /// <param name="columns">Width of the source.</param>
    /// <param name="newRows">Height of the result.</param>
    /// <param name="newColumns">Width of the result.</param>
    /// <returns>newRows · newColumns bytes.</returns>
    public static byte[] AreaMean(ReadOnlySpan<byte> source, int rows, int columns, int newRows, int newColumns)
    {
        byte[] result = new byte[newRows * newColumns];
        for (int i = 0; i < result.Length; i++)
        {
            (int newRow, int newColumn) = Math.DivRem(i, newColumns);

            // Counted in units of 1/newRows and 1/newColumns of a source pixel, so that all sums are whole numbers.
            long top = (long)newRow * rows;
            long left = (long)newColumn * columns;
            long sum = 0;
            for (long row = top / newRows; row * newRows < top + rows; row++)
            {
                long height = Overlap(row * newRows, newRows, top, rows);
                for (long column = left / newColumns; column * newColumns < left + columns; column++)
                {
                    long area = height * Overlap(column * newColumns, newColumns, left, columns);
                    sum += area * source[(int)(row * columns + column)];
                }
            }
            long whole = (long)rows * columns;
            result[i] = (byte)((sum + whole / 2) / whole);
        }
        return result;
    }

    private static long Overlap(long startA, long lengthA, long startB, long lengthB) =>
        Math.Min(startA + lengthA, startB + lengthB) - Math.Max(startA, startB);
}
