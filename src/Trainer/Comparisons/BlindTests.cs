using System.Globalization;
using Trainer.Statistics;

namespace Trainer.Comparisons;

/// <summary>Says when there are so few seeds that no verdict could have been "different", however large the difference.</summary>
internal static class BlindTests
{
    /// <summary>A line, if that is so of pairs by seed; else nothing.</summary>
    public static IEnumerable<string> Of(IReadOnlyList<PairVerdict> pairs)
    {
        int tested = pairs.Count(pair => pair.PValue is not null);
        var needed = new SeedsNeeded(PairVerdicts.Level / Math.Max(1, tested));
        int[] blind = [.. pairs.Where(pair => pair.PValue is not null && pair.Pairs > 0 && pair.Pairs < needed.LeastPairs).Select(pair => pair.Pairs).Distinct().Order()];
        if (blind.Length == 0)
        {
            return [];
        }
        string comparisons = tested == 1 ? "" : $" in {Text(tested)} comparisons";
        string fewer = tested == 1 ? "" : ", or fewer comparisons with --baseline";
        return [$"{string.Join(", ", blind.Select(Text))} seeds are too few to tell anything apart at 5 %{comparisons}, however different: it takes {Text(needed.LeastPairs)}{fewer}"];
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
