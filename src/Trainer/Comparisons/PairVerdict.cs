namespace Trainer.Comparisons;

/// <summary>What can be said of two groups.</summary>
/// <param name="First">Label of the one.</param>
/// <param name="Second">Label of the other.</param>
/// <param name="Pairs">How many seeds both have; 0 where the groups were compared without pairs.</param>
/// <param name="Difference">Mean of the first minus mean of the second.</param>
/// <param name="Low">Lower end of the 95 % confidence interval of the difference; null where there are too few runs for one.</param>
/// <param name="High">Its upper end.</param>
/// <param name="PValue">Two-sided, before correction; null where there are too few runs for a test.</param>
/// <param name="AdjustedPValue">After the correction for all the pairs that were compared.</param>
/// <param name="AreDifferent">Whether the two can be told apart.</param>
/// <param name="SeedsNeeded">How many seeds each it would take to tell a difference like this one apart; null where that cannot be said.</param>
/// <param name="Method">The test, in words.</param>
internal sealed record PairVerdict(
    string First, string Second, int Pairs, double Difference, double? Low, double? High, double? PValue, double? AdjustedPValue,
    bool AreDifferent, int? SeedsNeeded, string Method)
{
    /// <summary>How many runs of the first counted.</summary>
    public int FirstRuns { get; init; }

    /// <summary>How many runs of the second counted.</summary>
    public int SecondRuns { get; init; }

    /// <summary>Whether there are so few runs that no difference, however large, could have been told in so many comparisons.</summary>
    public bool IsBlind { get; init; }
}
