using System.Numerics;
using Trainer.Statistics;

namespace Trainer.Tests.Statistics;

public class TwoSampleTestTests
{
    /// <summary>scipy.stats.permutation_test(permutation_type='independent', n_resamples=inf) of SciPy 1.10.1, for samples of one
    /// length, where its doubled smaller tail is the two-sided probability.</summary>
    [Fact]
    public void PValue_IsThatOfSciPy()
    {
        PermutationP p = TwoSampleTest.Of(Numbers.Relu, Numbers.Momentum);
        Assert.True(p.IsExact);
        Assert.Equal(0.3776223776223776, p.Value, 1e-15);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    [InlineData(4, 4)]
    [InlineData(6, 3)]
    [InlineData(5, 7)]
    public void PValue_IsThatOfEveryChoice(int first, int second)
    {
        for (uint trial = 0; trial < 20; trial++)
        {
            int[] whole = [.. Numbers.Accuracies(first + second, 100 + trial).Select(value => (int)Math.Round(1e4 * value))];
            int all = whole.Sum();
            // |mean - mean| times n m: whole numbers, in which ties are exact.
            int observed = Distance(whole.Take(first).Sum());
            int[] choices = [.. Enumerable.Range(0, 1 << whole.Length).Where(choice => BitOperations.PopCount((uint)choice) == first)];
            int hits = choices.Count(choice => Distance(whole.Where((_, i) => (choice >> i & 1) == 1).Sum()) >= observed);
            double[] values = [.. whole.Select(value => value / 1e4)];
            Assert.Equal((double)hits / choices.Length, TwoSampleTest.Of(values[..first], values[first..]).Value);

            int Distance(int sum) => Math.Abs(second * sum - first * (all - sum));
        }
    }

    /// <summary>Of 15 and 15 too many choices to look at each; of ones and zeros the exact number is hypergeometric.</summary>
    [Fact]
    public void PValue_OfManyRuns_IsNearTheExactOne()
    {
        double[] first = [.. Enumerable.Range(0, 15).Select(i => i < 11 ? 1.0 : 0)];
        double[] second = [.. Enumerable.Range(0, 15).Select(i => i < 5 ? 1.0 : 0)];
        double exact = Enumerable.Range(0, 16).Where(ones => Math.Abs(ones - 8) >= 3)
            .Sum(ones => TwoSampleTest.Choices(16, ones) * TwoSampleTest.Choices(14, 15 - ones)) / TwoSampleTest.Choices(30, 15);
        PermutationP p = TwoSampleTest.Of(first, second);
        Assert.False(p.IsExact);
        Assert.Equal(exact, p.Value, 5 * Math.Sqrt(exact * (1 - exact) / PermutationP.FewestDraws) + 1.0 / PermutationP.FewestDraws);
    }

    [Fact]
    public void EqualNumbers_AreNoDifference() =>
        Assert.Equal(PermutationP.Exact(1), TwoSampleTest.Of([0.1, 0.1, 0.1], [0.1, 0.1]));

    [Theory]
    [InlineData(20, 10, 184_756)]
    [InlineData(5, 0, 1)]
    [InlineData(52, 5, 2_598_960)]
    public void Choices_AreTheBinomialCoefficients(int n, int k, double expected) => Assert.Equal(expected, TwoSampleTest.Choices(n, k));
}
