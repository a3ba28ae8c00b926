namespace Trainer.Statistics;

/// <summary>What a permutation test found.</summary>
/// <param name="Value">The two-sided probability of a difference at least as large if the groups were alike.</param>
/// <param name="Draws">How many random rearrangements were looked at; 0 where it was every one.</param>
internal readonly record struct PermutationP(double Value, int Draws)
{
    /// <summary>How many rearrangements a random sample has at least. It can show nothing below 1 / (this + 1) = 0.00005.</summary>
    public const int FewestDraws = 19_999;

    // A difference that none of the draws reaches has p = 0.01 after the correction, well below 0.05.
    private const int DrawsPerComparison = 100;

    // From so many hits on, more draws would not bring p down to where only they can show it: 10 / 20,000 = 0.0005.
    private const int Many = 10;

    /// <summary>Sums that differ by less than this part of their size are the same: they were only added in another order.
    /// Accuracies are counts, so that sums are equal often.</summary>
    public const double SameSum = 1e-9;

    /// <summary>The key of random rearrangements: fixed, so that a comparison says the same every time.</summary>
    public const ulong Key = 1;

    /// <summary>Whether every rearrangement was looked at.</summary>
    public bool IsExact => Draws == 0;

    /// <summary>The value when every rearrangement was looked at.</summary>
    public static PermutationP Exact(double value) => new(value, 0);

    /// <summary>The smallest value that a sample can show that is one of so many comparisons.</summary>
    public static double Least(int comparisons) => 1.0 / (MostDraws(comparisons) + 1);

    /// <summary>
    /// The value from a random sample, which goes on beyond the first draws where hardly any of them is a hit and many comparisons
    /// are made, so that the correction for those leaves something to be seen.
    /// </summary>
    /// <param name="comparisons">How many comparisons are made.</param>
    /// <param name="isHit">Whether the rearrangement of a draw, counted from 0, reaches the observed difference.</param>
    /// <remarks>
    /// (hits + 1) / (draws + 1): the observed arrangement is one of the possible ones, so that no p-value is 0 and the test keeps its
    /// level (Phipson and Smyth, 2010). Going on keeps it too: a value below 11 / 20,000 only ever comes from all the draws, and a
    /// larger level is reached only where the first draws alone reach it.
    /// </remarks>
    public static PermutationP Sampled(int comparisons, Func<int, bool> isHit)
    {
        int hits = Hits(0, FewestDraws);
        int draws = hits < Many ? MostDraws(comparisons) : FewestDraws;
        hits += Hits(FewestDraws, draws);
        return new PermutationP((hits + 1.0) / (draws + 1), draws);

        int Hits(int from, int to)
        {
            int count = 0;
            for (int draw = from; draw < to; draw++)
            {
                count += isHit(draw) ? 1 : 0;
            }
            return count;
        }
    }

    private static int MostDraws(int comparisons) => Math.Max(FewestDraws, (int)Math.Min(int.MaxValue, (long)DrawsPerComparison * comparisons) - 1);
}
