using System.Numerics;
using Trainer.Statistics;

namespace Trainer.Tests.Statistics;

public class SignFlipTestTests
{
    /// <summary>scipy.stats.permutation_test(permutation_type='samples', n_resamples=inf) of SciPy 1.10.1.</summary>
    [Fact]
    public void PValue_IsThatOfSciPy() =>
        Assert.Equal(PermutationP.Exact(0.21875), SignFlipTest.Of(Numbers.Differences));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(11)]
    [InlineData(14)]
    public void PValue_IsThatOfEveryChoiceOfSigns(int count)
    {
        for (uint trial = 0; trial < 20; trial++)
        {
            // Whole numbers of images, in which sums and ties are exact.
            int[] whole = [.. Numbers.Accuracies(count, 2 * trial).Zip(Numbers.Accuracies(count, 2 * trial + 1), (a, b) => (int)Math.Round(1e4 * (a - b)))];
            int observed = Math.Abs(whole.Sum());
            int hits = Enumerable.Range(0, 1 << count).Count(signs => Math.Abs(whole.Select((d, i) => (signs >> i & 1) == 0 ? d : -d).Sum()) >= observed);
            Assert.Equal(hits / Math.Pow(2, count), SignFlipTest.Of([.. whole.Select(d => d / 1e4)]).Value);
        }
    }

    [Fact]
    public void AllOneWay_IsTwoOfAll_AndNoDifferenceIsOne()
    {
        Assert.Equal(0.03125, SignFlipTest.Of([0.1, 0.2, 0.1, 0.3, 0.1, 0.2]).Value);
        Assert.Equal(1, SignFlipTest.Of([0.0, 0, 0, 0, 0, 0]).Value);
        Assert.Equal(1, SignFlipTest.Of([0.1, -0.1]).Value);
    }

    /// <summary>Of 40 pairs too many choices to look at each; the exact number follows by counting sums of whole numbers.</summary>
    [Theory]
    [InlineData(5)]
    [InlineData(9)]
    [InlineData(14)]
    public void PValue_OfManyPairs_IsNearTheExactOne_AndTheSameEachTime(int shift)
    {
        int[] whole = [.. Enumerable.Range(0, 40).Select(i => (i * 37 % 41) - 20 + shift)];
        var ways = new Dictionary<int, BigInteger> { [0] = 1 };
        foreach (int d in whole)
        {
            ways = ways.SelectMany(sum => new[] { (Sum: sum.Key + d, sum.Value), (Sum: sum.Key - d, sum.Value) })
                .GroupBy(sum => sum.Sum).ToDictionary(group => group.Key, group => group.Aggregate(BigInteger.Zero, (all, one) => all + one.Value));
        }
        int observed = Math.Abs(whole.Sum());
        double exact = (double)ways.Where(sum => Math.Abs(sum.Key) >= observed).Aggregate(BigInteger.Zero, (all, one) => all + one.Value) / Math.Pow(2, 40);
        double[] differences = [.. whole.Select(d => d / 1e4)];
        PermutationP p = SignFlipTest.Of(differences);
        Assert.False(p.IsExact);
        // Five standard errors of a part of so many draws.
        Assert.Equal(exact, p.Value, 5 * Math.Sqrt(exact * (1 - exact) / PermutationP.FewestDraws) + 1.0 / PermutationP.FewestDraws);
        Assert.Equal(p, SignFlipTest.Of(differences));
    }
}
