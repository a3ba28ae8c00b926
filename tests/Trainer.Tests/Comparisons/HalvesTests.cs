using System.Globalization;
using System.Numerics;
using Trainer.Comparisons;
using Trainer.Randomness;
using Trainer.Results;
using Trainer.Statistics;

namespace Trainer.Tests.Comparisons;

/// <summary>
/// Two halves of one configuration's seeds are not different, and are hardly ever said to be. The accuracies are those of
/// <c>docs/relu-20-seeds.csv</c>, which says in every row how it was made.
/// </summary>
public class HalvesTests
{
    private const int Half = 10;
    private const double Level = 0.05;
    private static readonly double[] Accuracies = [.. CsvFile.ReadText(RepositoryRoot.In("docs", "relu-20-seeds.csv"))
        .Skip(1).Select(row => double.Parse(row[2], CultureInfo.InvariantCulture))];

    [Fact]
    public void OfAThousandRandomSplits_AtMostOneInTwenty_IsCalledDifferent()
    {
        const int splits = 1000;
        int different = Enumerable.Range(0, splits).AsParallel().Count(split =>
        {
            int[] order = new int[2 * Half];
            new Philox(1, RandomStream.Permutation, (uint)split).Permutation(order);
            IReadOnlyList<PairVerdict> verdicts = PairVerdicts.Of(
                [Group("first", order[..Half]), Group("second", order[Half..])], FixedGroups.Column, null);
            Assert.Equal(0, verdicts[0].Pairs);
            return verdicts[0].AreDifferent;
        });
        Assert.InRange(different, 1, splits * Level);
    }

    [Fact]
    public void OfAllSplits_AtMostOneInTwenty_IsCalledDifferent()
    {
        // In whole images, so that ties are ties.
        int[] images = [.. Accuracies.Select(accuracy => (int)Math.Round(accuracy * 10_000))];
        int[] choices = [.. Enumerable.Range(0, 1 << images.Length).Where(choice => BitOperations.PopCount((uint)choice) == Half)];
        Assert.Equal(184_756, choices.Length);
        int all = images.Sum();
        int[] distances = [.. choices.Select(choice => Math.Abs(2 * Chosen(choice).Sum() - all))];
        int[] sorted = [.. distances.Order()];
        int different = choices.AsParallel().Where((choice, index) => IsDifferent(choice, distances[index])).Count();
        Assert.InRange(different, 1, choices.Length * Level);

        IEnumerable<int> Chosen(int choice) => images.Where((_, i) => (choice >> i & 1) == 1);

        bool IsDifferent(int choice, int distance)
        {
            int below = LowerBound(sorted, distance);
            return (double)(sorted.Length - below) / sorted.Length <= Level
                && DifferenceInterval.Welch([.. Chosen(choice).Select(i => i / 1e4)], [.. Chosen(~choice).Select(i => i / 1e4)], Level) is { HoldsZero: false };
        }
    }

    /// <summary>How many numbers lie below <paramref name="value"/>.</summary>
    private static int LowerBound(int[] sorted, int value)
    {
        (int low, int high) = (0, sorted.Length);
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = sorted[middle] < value ? (middle + 1, high) : (low, middle);
        }
        return low;
    }

    private static ComparedGroup Group(string label, int[] seeds) => FixedGroups.Of(
        label, seeds.Select(seed => (ulong)seed + 1), [.. seeds.Select(seed => (double?)Accuracies[seed])]);
}
