using Trainer.Randomness;

namespace Trainer.Statistics;

/// <summary>
/// The permutation test of paired differences (Fisher, "The design of experiments", 1935, section 21): were the two groups alike, each
/// difference could as well have had the other sign. It assumes nothing of how the numbers are distributed.
/// </summary>
internal static class SignFlipTest
{
    // All 2^24 sums out of two lists of 2^12: half a millisecond.
    private const int MostExact = 24;
    private const int BitsPerDraw = 64;

    /// <summary>How many of the 2ⁿ choices of signs give a |Σ ± dᵢ| not below the observed |Σ dᵢ|, as a part of all.</summary>
    /// <param name="differences">dᵢ.</param>
    /// <param name="comparisons">How many such tests p is to be corrected for: a random sample grows with it.</param>
    public static PermutationP Of(IReadOnlyList<double> differences, int comparisons = 1)
    {
        double size = differences.Sum(Math.Abs);
        double bound = Math.Abs(differences.Sum()) - PermutationP.SameSum * size;
        if (bound <= 0)
        {
            return PermutationP.Exact(1);
        }
        return differences.Count <= MostExact ? Exact(differences, bound) : Sampled(differences, bound, comparisons);
    }

    /// <summary>
    /// Every sum is one of the first half's plus one of the second half's. With both lists in order, those that reach the bound are
    /// counted in one walk, and as many lie beyond the negative bound.
    /// </summary>
    private static PermutationP Exact(IReadOnlyList<double> differences, double bound)
    {
        int half = differences.Count / 2;
        double[] first = Sums(differences.Take(half));
        double[] second = Sums(differences.Skip(half));
        long hits = 0;
        int from = second.Length;
        foreach (double sum in first)
        {
            while (from > 0 && sum + second[from - 1] >= bound)
            {
                from--;
            }
            hits += second.Length - from;
        }
        return PermutationP.Exact(2.0 * hits / ((double)first.Length * second.Length));
    }

    /// <summary>Σ ± dᵢ for all choices of signs, ascending.</summary>
    private static double[] Sums(IEnumerable<double> differences)
    {
        double[] sums = [0];
        foreach (double difference in differences)
        {
            sums = [.. sums.Select(sum => sum - difference), .. sums.Select(sum => sum + difference)];
        }
        Array.Sort(sums);
        return sums;
    }

    /// <summary>The smallest value that the test can give of so many pairs: 2 of 2ⁿ choices of signs.</summary>
    public static double Least(int pairs, int comparisons) => pairs <= MostExact ? Math.Pow(2, 1 - pairs) : PermutationP.Least(comparisons);

    private static PermutationP Sampled(IReadOnlyList<double> differences, double bound, int comparisons)
    {
        var random = new Philox(PermutationP.Key, RandomStream.Permutation, step: 0);
        ulong words = (ulong)(differences.Count + BitsPerDraw - 1) / BitsPerDraw;
        return PermutationP.Sampled(comparisons, draw =>
        {
            double sum = 0;
            ulong signs = 0;
            for (int i = 0; i < differences.Count; i++)
            {
                signs = i % BitsPerDraw == 0 ? random.Long((ulong)draw * words + (ulong)(i / BitsPerDraw)) : signs >> 1;
                sum += (signs & 1) == 0 ? differences[i] : -differences[i];
            }
            return Math.Abs(sum) >= bound;
        });
    }
}
