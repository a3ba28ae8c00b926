using System.Globalization;
using System.Xml.Linq;
using Trainer.Comparisons;

namespace Trainer.Reports;

/// <summary>What can be told apart, pair by pair.</summary>
internal static class PairsSection
{
    // Of twenty groups every pair; of more those with the best, and the rest in the CSV.
    private const int MostPairs = 190;
    private const int Digits = 3;

    /// <summary>The section; null where there are no two groups with figures.</summary>
    public static XElement? Of(Report report)
    {
        Comparison comparison = report.Comparison;
        if (comparison.Pairs.Count == 0)
        {
            return null;
        }
        NumberText text = AnswerSection.TextOf(comparison);
        string best = comparison.Groups[0].Label;
        IReadOnlyList<PairVerdict> shown = comparison.Pairs.Count <= MostPairs
            ? comparison.Pairs
            : [.. comparison.Pairs.Where(pair => pair.First == best || pair.Second == best)];
        return Html.Section("pairs", "What can be told apart",
            Html.Tag("p.quiet", $"Differences of {comparison.Metric.Title}: the first minus the second, with its 95 % confidence interval, which is of that comparison alone. "
                + "p is the chance of a difference at least as large if there were none, adjusted p that after Holm's correction for all the pairs that were compared. "
                + "Different are two where adjusted p is at most 0.05 and the interval excludes 0; the others cannot be told apart, which does not mean that they are equal. "
                + Methods(shown)
                + (shown.Count < comparison.Pairs.Count ? FormattableString.Invariant($" Shown are the {shown.Count} of {comparison.Pairs.Count} pairs with {best}; 'trainer compare' has all.") : "")),
            Html.Scroll("Pairs of configurations", ".wide.tall", Html.Tag(
                "table.sortable", Html.With("id", "pairs"),
                Html.Tag("caption.said", "Verdict of each pair"),
                Html.Tag("thead", Html.Tag("tr", Html.SortHead("first"), Html.SortHead("second", isText: true), Html.SortHead("difference", true), Html.SortHead("95 % interval"),
                    Html.SortHead("p"), Html.SortHead("adjusted p"), Html.SortHead("verdict", isText: true), Html.SortHead("seeds needed"), Html.SortHead("seeds in pairs", true))),
                Html.Tag("tbody", shown.Select(pair => Row(pair, text))))));
    }

    private static string Methods(IReadOnlyList<PairVerdict> shown)
    {
        string[] tests = [.. shown.Where(pair => pair.PValue is not null).Select(pair => pair.Method).Distinct()];
        return tests.Length > 0 ? $"Tested by: {string.Join("; ", tests)}." : $"{char.ToUpperInvariant(shown[0].Method[0])}{shown[0].Method[1..]}.";
    }

    private static XElement Row(PairVerdict pair, NumberText text) => Html.Tag(
        "tr",
        Html.RowHead(pair.First),
        Html.Tag("td.text", pair.Second),
        Html.Tag("td", Html.With("data-value", NumberText.Exact(pair.Difference)), text.Signed(pair.Difference)),
        Html.Tag("td", Html.With("data-value", pair.Low is { } end ? NumberText.Exact(end) : ""), Interval(pair, text)),
        Probability(pair.PValue),
        Probability(pair.AdjustedPValue),
        Html.Tag(pair.AreDifferent ? "td.text.verdict" : "td.text", pair.AreDifferent ? "different" : pair.PValue is null ? pair.Method : "cannot be told apart"),
        Whole(pair.SeedsNeeded),
        Whole(pair.Pairs == 0 ? null : pair.Pairs));

    private static string Interval(PairVerdict pair, NumberText text) => pair is { Low: { } low, High: { } high }
        ? $"{text.Digits(low).Replace('-', '\u2212')} to {text.Digits(high).Replace('-', '\u2212')}"
        : NumberText.Missing;

    private static XElement Probability(double? p) => Html.Tag(
        "td", Html.With("data-value", p is { } exact ? NumberText.Exact(exact) : ""),
        p switch
        {
            null => NumberText.Missing,
            < 0.001 => "< 0.001",
            { } value => value.ToString("F" + Digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
        });

    private static XElement Whole(int? number) => Html.Tag(
        "td", Html.With("data-value", number?.ToString(CultureInfo.InvariantCulture) ?? ""), number?.ToString(CultureInfo.InvariantCulture) ?? NumberText.Missing);
}
