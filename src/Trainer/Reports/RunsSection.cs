using System.Globalization;
using System.Xml.Linq;
using Trainer.Catalogs;
using Trainer.Comparisons;
using Trainer.Results;

namespace Trainer.Reports;

/// <summary>Where each number comes from: every run with its seed, epoch, digest and folder, and the commands that repeat it.</summary>
internal static class RunsSection
{
    private const int MostOpen = 30;
    private const string EpochsKey = "epochs";

    /// <summary>The section.</summary>
    public static XElement Of(Report report)
    {
        Comparison comparison = report.Comparison;
        ComparedColumn[] columns = [.. ResultsSection.Columns(comparison).Where(column => column.Key != EpochsKey)];
        NumberText[] texts = [.. columns.Select(column => NumberText.Of(column, comparison.Groups.SelectMany(group => group.Values[column.Key])))];
        int count = comparison.Groups.Sum(group => group.Group.Runs.Count);
        XElement[] table = [Html.Tag("p.quiet.small", "Losses and accuracies are those of the line of that epoch in the folder's metrics.csv; the difference and the mean over the epochs are worked out from it, seconds are the sum of timing.csv. The digest is of the network's weights."), Html.Scroll("Every run", ".wide.tall", Html.Tag(
            "table.sortable", Html.With("id", "runs"),
            Html.Tag("caption.said", "Every run"),
            Html.Tag("thead", Html.Tag("tr", Html.SortHead("configuration"), Html.SortHead("seed"), Html.SortHead("folder", isText: true), Html.SortHead("state", isText: true), Html.SortHead("epoch"), Html.SortHead("digest", isText: true),
                columns.Select(column => Html.SortHead(ResultsSection.Heading(column), descendingFirst: column.HigherIsBetter == true)))),
            Html.Tag("tbody", comparison.Groups.SelectMany((group, place) => group.Group.Runs.Select(run => Row(comparison, group, place, run, columns, texts))))))];
        return Html.Section("reproduce", "Where each number comes from",
            Html.Tag("p", "Every mean and every curve above is made of these runs. The same configuration and seed give the same metrics.csv to the byte, on any machine and device."),
            count <= MostOpen ? table : (object)Html.Fold(FormattableString.Invariant($"All {count} runs"), openInPrint: false, table),
            Repeat(comparison, report.Command));
    }

    private static XElement Row(Comparison comparison, ComparedGroup group, int place, RunEntry run, ComparedColumn[] columns, NumberText[] texts)
    {
        int counted = group.Counted.ToList().FindIndex(one => ReferenceEquals(one, run));
        MetricsRow? last = run.Rows.Count > 0 ? run.Rows[^1] : null;
        return Html.Tag(
            "tr", Html.With("data-group", group.Label), Html.With("data-folder", run.Folder.Path),
            Html.RowHead(Html.With("data-value", group.Label), ResultsSection.Named(comparison, group.Label, place)),
            Html.Tag("td", run.Experiment.Seed.ToString(CultureInfo.InvariantCulture)),
            Html.Tag("td.text", Html.Tag("code", run.Folder.Path)),
            Html.Tag("td.text", StandingText.Spoken(run.Standing) + (counted < 0 ? ", not counted" : "")),
            EpochCell(last, isCounted: counted >= 0),
            Html.Tag("td.text", Html.Tag("code", last?.Digest ?? NumberText.Missing)),
            columns.Select((column, at) => Cell(counted < 0 ? null : group.Values[column.Key][counted], column, texts[at])));
    }

    private static XElement EpochCell(MetricsRow? last, bool isCounted)
    {
        string epoch = last?.Epoch.ToString(CultureInfo.InvariantCulture) ?? "";
        return Html.Tag("td", isCounted ? Html.With("data-key", EpochsKey) : null, Html.With("data-value", epoch), epoch.Length == 0 ? NumberText.Missing : epoch);
    }

    private static XElement Cell(double? value, ComparedColumn column, NumberText text) => Html.Tag(
        "td", Html.With("data-key", column.Key), Html.With("data-value", value is { } exact ? NumberText.Exact(exact) : ""),
        value is { } shown ? text.Digits(shown) : NumberText.Missing);

    private static object[] Repeat(Comparison comparison, string command)
    {
        RunEntry? example = comparison.Groups.SelectMany(group => group.Counted).FirstOrDefault();
        string[] originals = [.. comparison.Groups.SelectMany(group => group.Group.Runs)
            .Select(run => EnvironmentSection.ManifestOf(run)?.Command).OfType<IReadOnlyList<string>>()
            .Select(words => string.Join(' ', words.Select(Quoted))).Distinct()];
        return
        [
            Html.Tag("h3", "To repeat a run"),
            example is null ? "" : Html.Tag("p", "The configuration that a run wrote down is all it takes, whatever has become of the file it was made of. For the first row:"),
            example is null ? "" : Html.Lines("Commands that repeat a run", RepeatLines(example)),
            Html.Tag("p", "The commands that the runs were made by:"),
            Html.Fold(originals.Length == 1 ? "1 command" : FormattableString.Invariant($"{originals.Length} commands"), openInPrint: false, Html.Lines("Commands of the runs", string.Join('\n', originals))),
            Html.Tag("p", "And this page:"),
            Html.Lines("Command of this page", command),
        ];
    }

    private static string RepeatLines(RunEntry run)
    {
        string name = Path.GetFileName(run.Folder.Path);
        string again = $"again/{run.Experiment.Name}/{name}";
        return $"""
            trainer run {Quoted(run.Folder.Config)} --out again
            cmp {Quoted(again + "/metrics.csv")} {Quoted(run.Folder.Metrics)}
            trainer eval {Quoted(run.Folder.Path)}
            """.ReplaceLineEndings("\n");
    }

    /// <summary>A word as a shell takes it.</summary>
    public static string Quoted(string word) =>
        word.Length > 0 && word.All(letter => char.IsAsciiLetterOrDigit(letter) || "-_./=:,+@%".Contains(letter)) ? word : "'" + word.Replace("'", "'\\''") + "'";
}
