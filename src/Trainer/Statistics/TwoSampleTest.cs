using Trainer.Randomness;

namespace Trainer.Statistics;

/// <summary>
/// The permutation test of two samples (Pitman, 1937): were the two groups alike, every choice of n out of all n + m numbers could as
/// well have been the first group.
/// </summary>
internal static class TwoSampleTest
{
    // C(20, 10) = 184,756, two samples of ten, are counted one by one in half a millisecond.
    private const double MostExact = 200_000;

    /// <summary>How many of the C(n + m, n) choices give a difference of the means not below the observed one, as a part of all.</summary>
    /// <param name="first">The n numbers.</param>
    /// <param name="second">The m numbers.</param>
    /// <param name="comparisons">How many such tests p is to be corrected for: a random sample grows with it.</param>
    public static PermutationP Of(IReadOnlyList<double> first, IReadOnlyList<double> second, int comparisons = 1)
    {
        // About the common mean both sums are each other's negative: the sum of the chosen alone decides.
        double mean = first.Concat(second).Average();
        double[] all = [.. first.Concat(second).Select(value => value - mean)];
        double bound = Math.Abs(all.Take(first.Count).Sum()) - PermutationP.SameSum * all.Sum(Math.Abs);
        if (bound <= 0)
        {
            return PermutationP.Exact(1);
        }
        double choices = Choices(all.Length, first.Count);
        return choices <= MostExact
            ? PermutationP.Exact(Hits(all, 0, first.Count, 0, bound) / choices)
            : Sampled(all, Math.Min(first.Count, second.Count), bound, comparisons);
    }

    /// <summary>C(n, k) = n! / (k! (n - k)!).</summary>
    public static double Choices(int n, int k)
    {
        double choices = 1;
        for (int i = 1; i <= Math.Min(k, n - k); i++)
        {
            // Whole at every step, and exact as far as binary64 counts.
            choices = choices * (n - Math.Min(k, n - k) + i) / i;
        }
        return choices;
    }

    /// <summary>The smallest value that the test can give: the one choice and, of two samples of one length, its opposite.</summary>
    public static double Least(int first, int second, int comparisons)
    {
        double choices = Choices(first + second, first);
        return choices > MostExact ? PermutationP.Least(comparisons) : (first == second ? 2 : 1) / choices;
    }

    /// <summary>Of the choices of <paramref name="left"/> more numbers from <paramref name="from"/> on, those that reach the bound.</summary>
    private static long Hits(double[] all, int from, int left, double sum, double bound)
    {
        if (left == 0)
        {
            return Math.Abs(sum) >= bound ? 1 : 0;
        }
        long hits = 0;
        for (int next = from; next <= all.Length - left; next++)
        {
            hits += Hits(all, next + 1, left - 1, sum + all[next], bound);
        }
        return hits;
    }

    private static PermutationP Sampled(double[] all, int chosen, double bound, int comparisons) => PermutationP.Sampled(comparisons, draw =>
    {
        var random = new Philox(PermutationP.Key, RandomStream.Permutation, step: 1 + (uint)draw);
        double sum = 0;
        for (int i = 0; i < chosen; i++)
        {
            // The order that earlier draws left is as good as any.
            int j = i + random.Below((ulong)i, all.Length - i);
            (all[i], all[j]) = (all[j], all[i]);
            sum += all[i];
        }
        return Math.Abs(sum) >= bound;
    });
}
