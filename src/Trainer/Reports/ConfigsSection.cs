using System.Xml.Linq;
using Trainer.Catalogs;
using Trainer.Results;
using Trainer.Yaml;

namespace Trainer.Reports;

/// <summary>The configurations side by side: what differs first, what is alike folded away.</summary>
internal static class ConfigsSection
{
    // From so many on a column each is too wide for any page: then a row each.
    private const int MostColumns = 8;
    private const int MostListed = 12;

    /// <summary>The section.</summary>
    public static XElement Of(Report report)
    {
        RunGroup[] groups = [.. report.Comparison.Groups.Select(group => group.Group)];
        IReadOnlyList<ConfigDifference> differences = ConfigLines.Differences([.. groups.Select(group => group.Experiment)], static key => key.IsIdentity);
        var differing = differences.Select(difference => difference.Key).ToHashSet(StringComparer.Ordinal);
        ConfigLine[] shared = [.. ConfigLines.Of(groups[0].Experiment, static key => key.IsIdentity).Where(line => !differing.Contains(line.Key))];
        XElement list = Html.Tag("ul", groups.Select((group, place) => Html.Tag(
            "li", Html.Tag("strong", ResultsSection.Named(report.Comparison, group.Label, place)), ": ", ExperimentText.Of(group.Experiment), ", ", Html.Tag("code", group.Hash))));
        return Html.Section("configs", "Configurations",
            groups.Length <= MostListed ? list : Html.Fold(FormattableString.Invariant($"All {groups.Length} in a few words each"), openInPrint: false, list),
            groups.Length == 1 ? null : Html.Tag("p.quiet", "The keys that differ; values that are rarer than the rest of their key are marked."),
            groups.Length == 1 ? null : Html.Scroll("Keys that differ", ".tall", groups.Length <= MostColumns ? ByKey(groups, differences) : ByGroup(groups, differences)),
            Html.Fold(groups.Length == 1 ? "All keys" : FormattableString.Invariant($"The {shared.Length} keys that are the same in all"), openInPrint: false, Shared(shared)));
    }

    private static XElement Shared(ConfigLine[] lines) => Html.Scroll("Keys that are the same in all", "", Html.Tag(
        "table.configs",
        Html.Tag("thead", Html.Tag("tr", Html.Head("key"), Html.Head("value"))),
        Html.Tag("tbody", lines.Select(line => Html.Tag("tr", Html.RowHead(Html.Tag("code", line.Key)), Html.Tag("td", Html.Tag("code", line.Value)))))));

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

    /// <summary>Whether a value is another than the most frequent one of its key; of a few that are all different, each is.</summary>
    private static bool IsRare(string? value, ConfigDifference difference)
    {
        int most = difference.Values.CountBy(one => one ?? "").Max(pair => pair.Value);
        return most == 1 ? difference.Values.Count <= MostColumns : difference.Values.Count(one => one == value) < most;
    }
}
