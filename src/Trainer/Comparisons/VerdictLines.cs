using System.Globalization;

namespace Trainer.Comparisons;

/// <summary>The verdicts of a comparison, a line each; what would be the same line again and again is said once.</summary>
internal static class VerdictLines
{
    /// <summary>The lines, the legend last.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="most">How many pairs have a line of their own: those with the best groups.</param>
    public static IEnumerable<string> Of(Comparison comparison, int most)
    {
        IReadOnlyList<PairVerdict> pairs = comparison.Pairs;
        PairVerdict[] blind = [.. pairs.Where(pair => pair.IsBlind)];
        string[] reasons = [.. pairs.Where(pair => pair.PValue is null).GroupBy(pair => pair.Method).Where(alike => alike.Skip(1).Any()).Select(alike => alike.Key)];
        PairVerdict[] told = [.. pairs.Where(pair => pair.PValue is null ? !reasons.Contains(pair.Method) : blind.Length < 2 || !pair.IsBlind)];
        foreach (PairVerdict pair in told.Take(most))
        {
            yield return VerdictText.Of(pair, comparison.Metric);
        }
        if (told.Length > most)
        {
            int different = pairs.Count(pair => pair.AreDifferent);
            yield return $"... of {Text(pairs.Count)} pairs, {Text(different)} are different; all with --pairs FILE, fewer with --baseline LABEL";
        }
        if (blind.Length > 1)
        {
            string none = blind.Length == pairs.Count ? $"none of the {Text(pairs.Count)} pairs can" : $"{Text(blind.Length)} of {Text(pairs.Count)} pairs cannot";
            yield return $"{none} be told apart, however different they are: too few seeds for any test; their differences with --pairs FILE";
        }
        foreach (string reason in reasons)
        {
            yield return $"{Which(pairs.Count(pair => pair.PValue is null && pair.Method == reason), pairs.Count)}: {reason}";
        }
        if (pairs.Any(pair => pair.PValue is not null))
        {
            yield return $"({VerdictText.Legend(comparison)})";
        }
    }

    private static string Which(int some, int all) => some == all ? $"all {Text(all)} pairs" : $"{Text(some)} of {Text(all)} pairs";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
