using System.Globalization;
using System.Xml.Linq;
using Trainer.Comparisons;

namespace Trainer.Reports;

/// <summary>What was mistaken for what: a confusion matrix and the surest mistakes, of one run of each group.</summary>
internal static class EvaluationSection
{
    // Below 1, so that mistakes of a few percent can be seen beside a diagonal of ninety.
    private const double ShadeExponent = 0.6;
    private const int Shades = 10;

    /// <summary>The section.</summary>
    public static XElement Of(Report report)
    {
        Comparison comparison = report.Comparison;
        string[] without = [.. comparison.Groups.Take(EvaluationMaker.MostGroups).Select(group => group.Label)
            .Except(report.Evaluations.Select(evaluation => evaluation.Label))];
        string example = comparison.Groups.SelectMany(group => group.Counted).FirstOrDefault()?.Folder.Path ?? "RUN";
        int left = comparison.Groups.Count - EvaluationMaker.MostGroups;
        return Html.Section("mistakes", "What is mistaken for what",
            report.Evaluations.Count == 0 ? null : Html.Tag("p.quiet",
                "Test images by their true class (rows) and the class that the network takes them for (columns), with the weights of the last epoch of one run of each configuration: that of the middle seed of those that all have, where it is evaluated. "
                + "Blue is right, orange mistaken, the stronger the larger the part of the row."
                + (left > 0 ? FormattableString.Invariant($" Shown are the best {EvaluationMaker.MostGroups} configurations; {left} more are not.") : "")),
            report.Evaluations.Select(evaluation => Group(evaluation, comparison)),
            without.Length == 0 ? null : Html.Tag("p",
                $"Nothing is here of {string.Join(", ", without)}: evaluate a run, as with ",
                Html.Tag("code", $"trainer eval {RunsSection.Quoted(example)}"),
                ", or make this page where the images are, then make it again."));
    }

    private static XElement Group(GroupEvaluation evaluation, Comparison comparison)
    {
        int place = comparison.Groups.Select(group => group.Label).ToList().IndexOf(evaluation.Label);
        return Html.Tag("div", Html.With("data-group", evaluation.Label),
            Html.Tag("h3", ResultsSection.Named(comparison, evaluation.Label, place)),
            Html.Tag("p.small", Summary(evaluation)),
            Html.Tag("div.pair", Matrix(evaluation), evaluation.Mistakes is null ? null : InlineSvg.Figure(evaluation.Mistakes)));
    }

    private static string Summary(GroupEvaluation evaluation)
    {
        IReadOnlyList<IReadOnlyList<int>> counts = evaluation.Counts;
        int all = counts.Sum(row => row.Sum());
        int right = counts.Select((row, label) => row[label]).Sum();
        string accuracy = (100.0 * right / Math.Max(1, all)).ToString("F2", CultureInfo.InvariantCulture);
        var worst = counts
            .SelectMany((row, truth) => row.Select((count, taken) => (count, truth, taken)))
            .Where(cell => cell.truth != cell.taken)
            .MaxBy(cell => cell.count);
        string most = worst.count == 0 ? "" : string.Create(CultureInfo.InvariantCulture,
            $" The most frequent mistake: {evaluation.ClassNames[worst.truth]} taken for {evaluation.ClassNames[worst.taken]}, {worst.count} times.");
        return string.Create(CultureInfo.InvariantCulture,
            $"Seed {evaluation.Run.Experiment.Seed} on {evaluation.Run.Data.Name}: {right} of {all} images right, {accuracy} %.{most}");
    }

    private static XElement Matrix(GroupEvaluation evaluation) => Html.Tag(
        "figure.picture.confusion", Html.Scroll($"Confusion matrix of {evaluation.Label}", "", Html.Tag(
            "table",
            Html.Tag("caption.said", "True class in rows, predicted class in columns; numbers are images."),
            Html.Tag("thead", Html.Tag("tr", Html.Tag("td"), evaluation.ClassNames.Select(Html.Head), Html.Head("recall"))),
            Html.Tag("tbody", evaluation.Counts.Select((row, truth) => Row(evaluation.ClassNames[truth], row, truth))))));

    private static XElement Row(string name, IReadOnlyList<int> row, int truth)
    {
        int all = row.Sum();
        return Html.Tag(
            "tr", Html.RowHead(name),
            row.Select((count, taken) => Cell(count, all, taken == truth)),
            Html.Tag("td.end", all == 0 ? NumberText.Missing : (100.0 * row[truth] / all).ToString("F1", CultureInfo.InvariantCulture) + " %"));
    }

    private static XElement Cell(int count, int all, bool isRight)
    {
        int shade = count == 0 ? 0 : Math.Max(1, (int)Math.Round(Shades * Math.Pow((double)count / all, ShadeExponent)));
        string classes = shade == 0 ? "" : FormattableString.Invariant($".{(isRight ? "hit" : "miss")}.s{shade}");
        return Html.Tag("td" + classes, count.ToString(CultureInfo.InvariantCulture));
    }
}
