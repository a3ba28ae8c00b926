using System.Globalization;
using Trainer.Statistics;

namespace Trainer.Comparisons;

/// <summary>Says when there are so few seeds that no verdict could have been "different", however large the difference.</summary>
internal static class BlindTests
{
    private const int MostNamed = 3;

    /// <summary>A line, if that is so of some pairs; else nothing.</summary>
    public static IEnumerable<string> Of(IReadOnlyList<PairVerdict> pairs)
    {
        PairVerdict[] blind = [.. pairs.Where(pair => pair.IsBlind)];
        if (blind.Length == 0)
        {
            return [];
        }
        int tested = pairs.Count(pair => pair.PValue is not null);
        var needed = new SeedsNeeded(PairVerdicts.Level / tested);
        string comparisons = tested == 1 ? "" : $" in {Text(tested)} comparisons";
        string fewer = tested == 1 ? "" : ", or fewer comparisons with --baseline";
        int[] paired = [.. blind.Where(pair => pair.Pairs > 0).Select(pair => pair.Pairs).Distinct().Order()];
        (int Fewer, int More)[] unpaired = [.. blind.Where(pair => pair.Pairs == 0)
            .Select(pair => (Math.Min(pair.FirstRuns, pair.SecondRuns), Math.Max(pair.FirstRuns, pair.SecondRuns))).Distinct().Order()];
        string[] few =
        [
            .. paired.Length == 0 ? (string[])[] : [$"{NameList.Of(paired.Select(Text), MostNamed)} seeds"],
            .. unpaired.Length == 0 ? (string[])[] : [$"{NameList.Of(unpaired.Select(runs => $"{Text(runs.Fewer)} against {Text(runs.More)}"), MostNamed)} runs without common seeds"],
        ];
        string[] takes =
        [
            .. paired.Length == 0 ? (string[])[] : [Text(needed.LeastPairs)],
            .. unpaired.Length == 0 ? (string[])[] : [$"{Text(needed.LeastEach)} each{(paired.Length == 0 ? "" : " without common seeds")}"],
        ];
        return [$"{string.Join(" and ", few)} are too few to tell anything apart at 5 %{comparisons}, however different: it takes {string.Join(", ", takes)}{fewer}"];
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
