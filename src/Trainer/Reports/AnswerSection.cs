using System.Globalization;
using System.Xml.Linq;
using Trainer.Comparisons;
using Trainer.Data;

namespace Trainer.Reports;

/// <summary>The answer in words, above everything else, and what a reader has to know before believing it.</summary>
internal static class AnswerSection
{
    private const int MostNamed = 6;

    /// <summary>The question and the answer.</summary>
    public static XElement Answer(Report report) => Html.Tag(
        "div.answer", Html.With("role", "group"), Html.With("aria-label", "Question and answer"),
        report.Question is null ? null : Html.Tag("p.question", report.Question),
        Sentences(report.Comparison).Select(sentence => Html.Tag("p", sentence)));

    /// <summary>The warnings; null where there is nothing to warn of.</summary>
    public static XElement? Warnings(Comparison comparison)
    {
        string[] lines = [.. OtherImages(comparison), .. comparison.Warnings, .. comparison.Problems.Select(problem => problem.Message)];
        return lines.Length == 0 ? null : Html.Tag(
            "section.warnings", Html.With("aria-labelledby", "warnings"),
            Html.Tag("h2", Html.With("id", "warnings"), "Before you believe it"),
            Html.Tag("ul", lines.Select(line => Html.Tag("li", line))));
    }

    /// <summary>What the figures say, and what they do not.</summary>
    public static IEnumerable<string> Sentences(Comparison comparison)
    {
        string key = comparison.Metric.Key;
        ComparedGroup[] measured = [.. comparison.Groups.Where(group => group.Spreads.GetValueOrDefault(key) is not null)];
        if (measured.Length == 0)
        {
            yield return $"None of these runs has a {comparison.Metric.Title} yet: no run is complete.";
            yield break;
        }
        NumberText text = TextOf(comparison);
        ComparedGroup best = measured[0];
        string title = comparison.Metric.Title;
        if (measured.Length == 1)
        {
            yield return $"The {title} of {best.Label} is {Figure(best)}, {(best.Spreads[key]!.Count == 1 ? "of" : "over")} {Seeds(best)}.";
            yield break;
        }
        yield return $"By mean, {best.Label} has the {Superlative(comparison.Metric)} {title}{(best.Lost is null ? "" : " of the runs that completed")}: "
            + $"{Figure(best)} over {Seeds(best)}, before {measured[1].Label} with {Written(measured[1].Spreads[key]!, comparison.Metric)}{(measured[1].Lost is { } lost ? $" ({lost})" : "")}.";
        // What is left of a group that lost runs is its better part: whether it is the best cannot be told.
        ComparedGroup? whole = measured.FirstOrDefault(group => group.Lost is null);
        if (best.Lost is not null && whole is not null)
        {
            yield return $"Of those of which every run completed, {whole.Label} has the {Superlative(comparison.Metric)}: {Figure(whole)} over {Seeds(whole)}.";
        }
        foreach (string sentence in Against(best.Lost is null ? best : whole ?? best, comparison, text))
        {
            yield return sentence;
        }

        string Figure(ComparedGroup group) => Written(group.Spreads[key]!, comparison.Metric) + Meaning(group.Spreads[key]!);

        string Seeds(ComparedGroup group) => (group.Spreads[key]!.Count == 1 ? "one seed" : $"{group.Spreads[key]!.Count.ToString(CultureInfo.InvariantCulture)} seeds")
            + (group.Lost is { } lost ? $" ({lost} and are left out)" : "");
    }

    /// <summary>How the metric's numbers are written.</summary>
    public static NumberText TextOf(Comparison comparison) =>
        NumberText.Of(comparison.Metric, comparison.Groups.SelectMany(group => group.Values.GetValueOrDefault(comparison.Metric.Key) ?? []));

    private static IEnumerable<string> Against(ComparedGroup best, Comparison comparison, NumberText text)
    {
        PairVerdict[] verdicts = [.. comparison.Pairs.Where(pair => pair.First == best.Label || pair.Second == best.Label)];
        PairVerdict[] apart = [.. verdicts.Where(pair => pair.AreDifferent)];
        PairVerdict[] alike = [.. verdicts.Where(pair => pair is { AreDifferent: false, PValue: not null, IsBlind: false })];
        PairVerdict[] blind = [.. verdicts.Where(pair => pair.IsBlind)];
        if (apart.Length > 0)
        {
            yield return $"It can be told apart from {Named(apart.Select(pair => $"{Other(pair)} ({text.Signed(Lead(pair))})"))}.";
        }
        if (alike.Length > 0)
        {
            int[] needed = [.. alike.Select(pair => pair.SeedsNeeded).OfType<int>()];
            string seeds = needed.Length == 0 ? "" : $" To tell differences of these sizes apart would take about {Range(needed)} seeds each.";
            yield return $"It cannot be told apart from {Named(alike.Select(pair => $"{Other(pair)} ({text.Signed(Lead(pair))})"))}: "
                + $"with this few runs such a difference comes about by chance too easily; that is no proof that they are equal.{seeds}";
        }
        if (blind.Length > 0)
        {
            yield return $"With this few runs no test could tell it apart from {Named(blind.Select(pair => $"{Other(pair)} ({text.Signed(Lead(pair))})"))}, "
                + "however different they are; that is no proof that they are equal.";
        }
        foreach (IGrouping<string, PairVerdict> untested in verdicts.Where(pair => pair.PValue is null).GroupBy(pair => pair.Method))
        {
            yield return $"It is not known whether it can be told apart from {Named(untested.Select(Other))}: {untested.Key}.";
        }

        string Other(PairVerdict pair) => pair.First == best.Label ? pair.Second : pair.First;
        double Lead(PairVerdict pair) => pair.First == best.Label ? pair.Difference : -pair.Difference;
    }

    private static IEnumerable<string> OtherImages(Comparison comparison)
    {
        string[] others = [.. comparison.Groups.Select(group => group.Group.Data.Name).Distinct().Where(name => name != FashionMnist.Name)];
        return others.Length == 0 ? [] : [$"these are not Fashion-MNIST figures: the images are {string.Join(" and ", others)}"];
    }

    private static string Superlative(ComparedColumn metric) => metric.HigherIsBetter switch
    {
        true => "best",
        false => "best (lowest)",
        null => "first",
    };

    private static string Meaning(Spread spread) => spread.StandardDeviation is null ? "" : " (mean ± standard deviation)";

    private static string Range(int[] numbers) => numbers.Min() == numbers.Max()
        ? numbers[0].ToString(CultureInfo.InvariantCulture)
        : FormattableString.Invariant($"{numbers.Min()} to {numbers.Max()}");

    /// <summary>"87.12 ± 0.21 %", of which no line breaks off a part.</summary>
    private static string Written(Spread spread, ComparedColumn metric) =>
        (SpreadText.Of(spread, metric) + (metric.IsFraction ? " %" : "")).Replace(' ', '\u00A0');

    private static string Named(IEnumerable<string> parts) => NameList.Of(parts, MostNamed, " and ");
}
