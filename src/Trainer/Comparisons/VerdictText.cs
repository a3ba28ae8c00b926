using System.Globalization;

namespace Trainer.Comparisons;

/// <summary>Verdicts in sentences.</summary>
internal static class VerdictText
{
    /// <summary>"relu and sigmoid are different: +3.1 points, 95 % interval +2.0 to +4.2, p = 0.004 after Holm's correction".</summary>
    public static string Of(PairVerdict verdict, ComparedColumn metric)
    {
        int runs = Math.Min(verdict.FirstRuns, verdict.SecondRuns);
        string pair = $"{verdict.First} and {verdict.Second}";
        double? width = verdict.High - verdict.Low;
        string difference = SpreadText.Difference(verdict.Difference, width, metric) + SpreadText.DifferenceUnit(metric);
        if (verdict.AdjustedPValue is not { } p || verdict is not { Low: { } low, High: { } high })
        {
            return $"{pair}: {verdict.Method}; difference {difference}";
        }
        if (low == 0 && high == 0)
        {
            return $"{pair} cannot be told apart: {verdict.Method}";
        }
        string figures = $"{difference}, 95 % interval {SpreadText.Difference(low, width, metric)} to {SpreadText.Difference(high, width, metric)}, p = {P(p)}";
        if (verdict.AreDifferent)
        {
            return $"{pair} are different: {figures}";
        }
        string seeds = runs == 1 ? "1 seed" : $"{Text(runs)} seeds";
        string more = verdict.SeedsNeeded is { } needed ? $"; it would take about {Text(needed)}" : "; no number of seeds in reach would do";
        return $"{pair} cannot be told apart with {seeds}: {figures}{more}";
    }

    /// <summary>How the verdicts came about, once for all.</summary>
    public static string Legend(Comparison comparison)
    {
        int tested = comparison.Pairs.Count(pair => pair.PValue is not null);
        string corrected = tested > 1 ? $", p corrected for {Text(tested)} comparisons (Holm)" : "";
        IEnumerable<string> methods = comparison.Pairs.Where(pair => pair.PValue is not null).Select(pair => pair.Method).Distinct().Take(2);
        return $"two-sided at 5 %{corrected}; {string.Join("; ", methods)}; intervals are of one comparison alone, by Student's t, {(comparison.Pairs.Any(pair => pair.Pairs > 0) ? "paired" : "Welch")}; seeds for 80 % power";
    }

    private static string P(double p) => p < 0.0001 ? p.ToString("0.0e-0", CultureInfo.InvariantCulture) : p.ToString("0.####", CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
