using Trainer.Statistics;

namespace Trainer.Comparisons;

/// <summary>
/// Tells groups apart, two by two. Different are two groups whose p-value, after Holm's correction for all the pairs that were
/// tested, is at most 5 %, and whose 95 % confidence interval of the difference excludes 0. Runs are paired by seed where both groups
/// have the same seeds.
/// </summary>
internal static class PairVerdicts
{
    /// <summary>The part of comparisons without a difference in which one may be seen.</summary>
    public const double Level = 0.05;

    /// <summary>More pairs than this nobody reads, and so strict a correction few would survive: of 71 groups all, and then with a baseline.</summary>
    public const int MostPairs = 2500;

    /// <summary>A verdict of each pair of groups that have figures, in their order; with a baseline, of each other group and it.</summary>
    /// <returns>The verdicts; none where there would be more than <see cref="MostPairs"/>.</returns>
    public static IReadOnlyList<PairVerdict> Of(IReadOnlyList<ComparedGroup> groups, ComparedColumn metric, string? baseline)
    {
        ComparedGroup[] measured = [.. groups.Where(group => group.Spreads[metric.Key] is not null)];
        if (TooMany(groups, metric, baseline) is not null)
        {
            return [];
        }
        (ComparedGroup First, ComparedGroup Second)[] pairs = [.. Pairs(measured, baseline)];
        PairTest[] tests = [.. pairs.AsParallel().AsOrdered().Select(pair => PairTest.Of(pair.First, pair.Second, metric.Key, pairs.Length))];
        double[] adjusted = HolmCorrection.Adjust([.. tests.Select(test => test.PValue).OfType<double>()]);
        // Had every test shown the most it can: what even then is no difference is none that could be seen.
        double[] least = HolmCorrection.Adjust([.. tests.Select(test => test.LeastP).OfType<double>()]);
        var needed = new SeedsNeeded(Level / Math.Max(1, adjusted.Length));
        var verdicts = new List<PairVerdict>(tests.Length);
        int next = 0;
        foreach (PairTest test in tests)
        {
            bool isTested = test.PValue is not null;
            verdicts.Add(Verdict(test, isTested ? adjusted[next] : null, needed) with { IsBlind = isTested && least[next] > Level });
            next += isTested ? 1 : 0;
        }
        return verdicts;
    }

    /// <summary>A line, if there are more pairs than are tested; else null.</summary>
    public static string? TooMany(IReadOnlyList<ComparedGroup> groups, ComparedColumn metric, string? baseline)
    {
        long measured = groups.Count(group => group.Spreads[metric.Key] is not null);
        long pairs = measured * (measured - 1) / 2;
        return baseline is not null || pairs <= MostPairs ? null : FormattableString.Invariant(
            $"{pairs} pairs of {measured} groups are more than the {MostPairs} that are tested: compare fewer groups, or all with one, --baseline LABEL");
    }

    private static IEnumerable<(ComparedGroup First, ComparedGroup Second)> Pairs(ComparedGroup[] groups, string? baseline) =>
        baseline is null
            ? groups.SelectMany((first, index) => groups.Skip(index + 1).Select(second => (first, second)))
            : groups.Where(group => group.Label == baseline)
                .SelectMany(fixedOne => groups.Where(group => group != fixedOne).Select(other => (other, fixedOne)));

    private static PairVerdict Verdict(PairTest test, double? adjusted, SeedsNeeded needed)
    {
        bool different = adjusted <= Level && test.Interval is { HoldsZero: false };
        int? seeds = test.Variance is not { } variance ? null
            : test.Pairs > 0 ? needed.Pairs(test.Difference, variance) : needed.Each(test.Difference, variance);
        int most = Math.Max(test.First.Counted.Count, test.Second.Counted.Count);
        return new PairVerdict(
            test.First.Label, test.Second.Label, test.Pairs, test.Difference, test.Interval?.Low, test.Interval?.High,
            test.PValue, adjusted, different,
            // As many as there are were not enough, whatever their spread promised.
            different ? seeds : seeds is { } number ? Math.Max(number, most + 1) : null, test.Method)
        {
            FirstRuns = test.First.Counted.Count,
            SecondRuns = test.Second.Counted.Count,
        };
    }
}
