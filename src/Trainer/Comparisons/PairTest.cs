using System.Globalization;
using Trainer.Catalogs;
using Trainer.Statistics;

namespace Trainer.Comparisons;

/// <summary>Two groups, tested against each other alone; what many such comparisons make of it is for <see cref="PairVerdicts"/>.</summary>
internal sealed record PairTest
{
    private const double Alpha = PairVerdicts.Level;

    /// <summary>The one.</summary>
    public required ComparedGroup First { get; init; }

    /// <summary>The other.</summary>
    public required ComparedGroup Second { get; init; }

    /// <summary>How many pairs; 0 without.</summary>
    public int Pairs { get; private init; }

    /// <summary>Mean of the first minus mean of the second.</summary>
    public required double Difference { get; init; }

    /// <summary>The variance that the number of seeds follows from: of the differences of pairs, or the sum of the groups'.</summary>
    public double? Variance { get; private init; }

    /// <summary>The 95 % interval of the difference.</summary>
    public DifferenceInterval? Interval { get; private init; }

    /// <summary>The two-sided p-value.</summary>
    public double? PValue { get; private init; }

    /// <summary>The smallest p-value that the test could have had with so many runs; null without a test.</summary>
    public double? LeastP { get; private init; }

    /// <summary>The test, or why there is none, in words.</summary>
    public string Method { get; private init; } = "";

    /// <summary>Tests two groups that both have figures in the column <paramref name="key"/>.</summary>
    /// <param name="first">The one.</param>
    /// <param name="second">The other.</param>
    /// <param name="key">The column.</param>
    /// <param name="comparisons">How many pairs are tested.</param>
    public static PairTest Of(ComparedGroup first, ComparedGroup second, string key, int comparisons)
    {
        double[] a = [.. first.Values[key].OfType<double>()];
        double[] b = [.. second.Values[key].OfType<double>()];
        var test = new PairTest { First = first, Second = second, Difference = first.Spreads[key]!.Mean - second.Spreads[key]!.Mean };
        if ((first.Lost ?? second.Lost) is { } lost)
        {
            // Those that are left are the ones that went well.
            return test with { Method = $"not tested: {lost} of {(first.Lost is null ? second : first).Label}" };
        }
        if (a.Length < first.Counted.Count || b.Length < second.Counted.Count)
        {
            // A run that never got there is no missing number but a bad one; the rest would be compared too favourably.
            return test with { Method = "not tested: some runs have no such figure" };
        }
        bool paired = first.Counted.Select(Seed).SequenceEqual(second.Counted.Select(Seed));
        return paired ? Paired(test, [.. a.Zip(b, (x, y) => x - y)], comparisons) : Unpaired(test, a, b, comparisons);
    }

    private static PairTest Paired(PairTest test, double[] differences, int comparisons)
    {
        test = test with { Pairs = differences.Length };
        if (differences.Length < 2)
        {
            return test with { Method = "not tested: one seed says nothing about the spread" };
        }
        PermutationP p = SignFlipTest.Of(differences, comparisons);
        var sample = Sample.Of(differences);
        return test with
        {
            Difference = sample.Mean,
            Variance = sample.Variance,
            Interval = DifferenceInterval.Paired(differences, Alpha),
            PValue = p.Value,
            LeastP = SignFlipTest.Least(differences.Length, comparisons),
            Method = differences.All(difference => difference == 0)
                ? "the same numbers with every seed"
                : $"sign-flip permutation test, {Kind(p)}, {Text(differences.Length)} pairs by seed",
        };
    }

    private static PairTest Unpaired(PairTest test, double[] a, double[] b, int comparisons)
    {
        if (a.Length < 2 || b.Length < 2)
        {
            return test with { Method = "not tested: one seed says nothing about the spread" };
        }
        PermutationP p = TwoSampleTest.Of(a, b, comparisons);
        return test with
        {
            Variance = Sample.Of(a).Variance + Sample.Of(b).Variance,
            Interval = DifferenceInterval.Welch(a, b, Alpha),
            PValue = p.Value,
            LeastP = TwoSampleTest.Least(a.Length, b.Length, comparisons),
            Method = a.Concat(b).All(value => value == a[0])
                ? "the same numbers in every run"
                : $"permutation test of two samples, {Kind(p)}, {Text(a.Length)} and {Text(b.Length)} runs",
        };
    }

    private static string Kind(PermutationP p) => p.IsExact ? "exact" : $"{Text(p.Draws)} random draws";

    private static ulong Seed(RunEntry run) => run.Experiment.Seed;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
