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
    private const int Splits = 1000;
    private const double Level = 0.05;
    private static readonly double[] Accuracies = [.. CsvFile.ReadText(RepositoryRoot.In("docs", "relu-20-seeds.csv"))
        .Skip(1).Select(row => double.Parse(row[2], CultureInfo.InvariantCulture))];

    /// <summary>The program's own test of all splits would take minutes; so p is counted here, in whole images, and the program says the
    /// same of a thousand of them.</summary>
    [Fact]
    public void OfAllSplits_AtMostOneInTwenty_IsCalledDifferent_AndTheProgramSaysTheSame()
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
        // As docs/comparing.md says.
        Assert.Equal(4.4, Math.Round(100.0 * different / choices.Length, 1));
        Assert.InRange(Enumerable.Range(0, Splits).AsParallel().Count(SaysTheSame), 1, Splits * Level);

        bool SaysTheSame(int split)
        {
            int[] order = new int[2 * Half];
            new Philox(1, RandomStream.Permutation, (uint)split).Permutation(order);
            PairVerdict verdict = Assert.Single(PairVerdicts.Of([Group("first", order[..Half]), Group("second", order[Half..])], FixedGroups.Column, null));
            int choice = order[..Half].Sum(seed => 1 << seed);
            int distance = Math.Abs(2 * Chosen(choice).Sum() - all);
            Assert.Equal((0, P(distance), IsDifferent(choice, distance)), (verdict.Pairs, verdict.PValue!.Value, verdict.AreDifferent));
            return verdict.AreDifferent;
        }

        double P(int distance) => (double)(sorted.Length - LowerBound(sorted, distance)) / sorted.Length;

        IEnumerable<int> Chosen(int choice) => images.Where((_, i) => (choice >> i & 1) == 1);

        bool IsDifferent(int choice, int distance) => P(distance) <= Level
            && DifferenceInterval.Welch([.. Chosen(choice).Select(i => i / 1e4)], [.. Chosen(~choice).Select(i => i / 1e4)], Level) is { HoldsZero: false };
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
