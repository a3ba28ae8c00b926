namespace Trainer.Statistics;

/// <summary>What a permutation test found.</summary>
/// <param name="Value">The two-sided probability of a difference at least as large if the groups were alike.</param>
/// <param name="IsExact">Whether every rearrangement was looked at; else a random sample of them.</param>
internal readonly record struct PermutationP(double Value, bool IsExact)
{
    /// <summary>How many rearrangements a random sample has. It can show nothing below 1 / (this + 1) = 0.00005.</summary>
    public const int Draws = 19_999;

    /// <summary>Sums that differ by less than this part of their size are the same: they were only added in another order.
    /// Accuracies are counts, so that sums are equal often.</summary>
    public const double SameSum = 1e-9;

    /// <summary>The key of random rearrangements: fixed, so that a comparison says the same every time.</summary>
    public const ulong Key = 1;

    /// <summary>
    /// (hits + 1) / (draws + 1): the observed arrangement is one of the possible ones, so that no p-value is 0 and the test keeps its
    /// level (Phipson and Smyth, 2010).
    /// </summary>
    public static PermutationP Sampled(int hits) => new((hits + 1.0) / (Draws + 1), IsExact: false);
}
