namespace Trainer.Images;

/// <summary>PNG's filters: each byte of a row is told as the difference from a guess, mod 256.</summary>
internal static class PngFilter
{
    /// <summary>Makes a filtered row plain again.</summary>
    /// <param name="filter">0 none, 1 left, 2 above, 3 mean of both, 4 Paeth.</param>
    /// <param name="row">The row, filtered; plain when this returns.</param>
    /// <param name="above">The plain row above it; zeros above the first.</param>
    /// <param name="distance">How many bytes to the left the left neighbour lies; beyond the edge it is 0.</param>
    /// <exception cref="InvalidDataException">There is no such filter.</exception>
    public static void Undo(int filter, Span<byte> row, ReadOnlySpan<byte> above, int distance)
    {
        if (filter is < 0 or > 4)
        {
            throw new InvalidDataException($"is damaged: there is no filter {filter}");
        }
        for (int i = 0; i < row.Length && filter != 0; i++)
        {
            int left = i < distance ? 0 : row[i - distance];
            int corner = i < distance ? 0 : above[i - distance];
            int guess = filter switch
            {
                1 => left,
                2 => above[i],
                3 => (left + above[i]) / 2,
                _ => Paeth(left, above[i], corner),
            };
            row[i] = (byte)(row[i] + guess);
        }
    }

    /// <summary>Of the three neighbours the one nearest to left + above - corner; of equals the first.</summary>
    private static int Paeth(int left, int above, int corner)
    {
        int estimate = left + above - corner;
        int toLeft = Math.Abs(estimate - left);
        int toAbove = Math.Abs(estimate - above);
        int toCorner = Math.Abs(estimate - corner);
        return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
    }
}
