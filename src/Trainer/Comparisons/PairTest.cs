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

    /// <summary>The test, or why there is none, in words.</summary>
    public string Method { get; private init; } = "";

    /// <summary>Tests two groups that both have figures in the column <paramref name="key"/>.</summary>
    public static PairTest Of(ComparedGroup first, ComparedGroup second, string key)
    {
        double[] a = [.. first.Values[key].OfType<double>()];
        double[] b = [.. second.Values[key].OfType<double>()];
        var test = new PairTest { First = first, Second = second, Difference = first.Spreads[key]!.Mean - second.Spreads[key]!.Mean };
        if (a.Length < first.Counted.Count || b.Length < second.Counted.Count)
        {
            // A run that never got there is no missing number but a bad one; the rest would be compared too favourably.
            return test with { Method = "not tested: some runs have no such figure" };
        }
        bool paired = first.Counted.Select(Seed).SequenceEqual(second.Counted.Select(Seed));
        return paired ? Paired(test, [.. a.Zip(b, (x, y) => x - y)]) : Unpaired(test, a, b);
    }

    private static PairTest Paired(PairTest test, double[] differences)
    {
        test = test with { Pairs = differences.Length };
        if (differences.Length < 2)
        {
            return test with { Method = "not tested: one seed says nothing about the spread" };
        }
        PermutationP p = SignFlipTest.Of(differences);
        var sample = Sample.Of(differences);
        return test with
        {
            Difference = sample.Mean,
            Variance = sample.Variance,
            Interval = DifferenceInterval.Paired(differences, Alpha),
            PValue = p.Value,
            Method = differences.All(difference => difference == 0)
                ? "the same numbers with every seed"
                : $"sign-flip permutation test, {Kind(p)}, {Text(differences.Length)} pairs by seed",
        };
    }

    private static PairTest Unpaired(PairTest test, double[] a, double[] b)
    {
        if (a.Length < 2 || b.Length < 2)
        {
            return test with { Method = "not tested: one seed says nothing about the spread" };
        }
        PermutationP p = TwoSampleTest.Of(a, b);
        return test with
        {
            Variance = Sample.Of(a).Variance + Sample.Of(b).Variance,
            Interval = DifferenceInterval.Welch(a, b, Alpha),
            PValue = p.Value,
            Method = a.Concat(b).All(value => value == a[0])
                ? "the same numbers in every run"
                : $"permutation test of two samples, {Kind(p)}, {Text(a.Length)} and {Text(b.Length)} runs",
        };
    }

    private static string Kind(PermutationP p) => p.IsExact ? "exact" : $"{Text(PermutationP.Draws)} random draws";

    private static ulong Seed(RunEntry run) => run.Experiment.Seed;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
