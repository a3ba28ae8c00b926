using System.Xml.Linq;

namespace Trainer.Reports;

/// <summary>The pictures of a sweep.</summary>
internal static class PicturesSection
{
    /// <summary>The section; null where there are no pictures.</summary>
    public static XElement? Of(Report report) => report.Pictures.Count == 0 ? null : Html.Section(
        "keys", "By the keys that were varied",
        Html.Tag("div.pair", report.Pictures.Select(InlineSvg.Figure)));
}
