using System.Xml.Linq;
using Trainer.Catalogs;
using Trainer.Comparisons;
using Trainer.Results;
using Trainer.Yaml;

namespace Trainer.Reports;

/// <summary>The configurations side by side: what differs first, what is alike folded away.</summary>
internal static class ConfigsSection
{
    // From so many on a column each is too wide for any page: then a row each.
    private const int MostColumns = 8;

    /// <summary>The section.</summary>
    public static XElement Of(Report report)
    {
        RunGroup[] groups = [.. report.Comparison.Groups.Select(group => group.Group)];
        IReadOnlyList<ConfigDifference> differences = ConfigLines.Differences([.. groups.Select(group => group.Experiment)], static key => key.Name != "seed");
        var differing = differences.Select(difference => difference.Key).ToHashSet(StringComparer.Ordinal);
        ConfigLine[] shared = [.. ConfigLines.Of(groups[0].Experiment, static key => key.Name != "seed").Where(line => !differing.Contains(line.Key))];
        return Html.Section("configs", "Configurations",
            Html.Tag("ul", groups.Select((group, place) => Html.Tag("li", Html.Tag("strong", ResultsSection.Named(group.Label, place)), ": ", ExperimentText.Of(group.Experiment), ", ",
                Html.Tag("code", group.Hash)))),
            groups.Length == 1 ? null : Html.Tag("p.quiet", "Keys that differ; what stands alone in its row or is rarer than the rest is marked."),
            groups.Length == 1 ? null : Html.Scroll("Keys that differ", "", groups.Length <= MostColumns ? ByKey(groups, differences) : ByGroup(groups, differences)),
            Html.Fold(groups.Length == 1 ? "All keys" : $"The {shared.Length.ToString(System.Globalization.CultureInfo.InvariantCulture)} keys that are the same in all", openInPrint: false,
                Html.Scroll("Keys that are the same in all", "", Html.Tag(
                    "table.configs",
                    Html.Tag("thead", Html.Tag("tr", Html.Head("key"), Html.Head("value"))),
                    Html.Tag("tbody", shared.Select(line => Html.Tag("tr", Html.RowHead(Html.Tag("code", line.Key)), Html.Tag("td", Html.Tag("code", line.Value)))))))));
    }

    private static XElement ByKey(RunGroup[] groups, IReadOnlyList<ConfigDifference> differences) => Html.Tag(
        "table.configs",
        Html.Tag("thead", Html.Tag("tr", Html.Head("key"), groups.Select(group => Html.Head(group.Label)))),
        Html.Tag("tbody", differences.Select(difference => Html.Tag(
            "tr", Html.RowHead(Html.Tag("code", difference.Key)), difference.Values.Select(value => Cell(value, difference))))));

    private static XElement ByGroup(RunGroup[] groups, IReadOnlyList<ConfigDifference> differences) => Html.Tag(
        "table.configs",
        Html.Tag("thead", Html.Tag("tr", Html.Head("configuration"), differences.Select(difference => Html.Head(difference.Key)))),
        Html.Tag("tbody", groups.Select((group, at) => Html.Tag(
            "tr", Html.RowHead(group.Label), differences.Select(difference => Cell(difference.Values[at], difference))))));

    private static XElement Cell(string? value, ConfigDifference difference) => Html.Tag(
        IsRare(value, difference) ? "td.differs" : "td", value is null ? NumberText.Missing : Html.Tag("code", value));

    /// <summary>Whether a value is another than the most frequent one of its key; where all are as frequent, all are marked.</summary>
    private static bool IsRare(string? value, ConfigDifference difference)
    {
        int most = difference.Values.CountBy(one => one ?? "").Max(pair => pair.Value);
        return most == 1 || difference.Values.Count(one => one == value) < most;
    }
}
