using System.Xml.Linq;

namespace Trainer.Reports;

/// <summary>The pictures of a sweep.</summary>
internal static class PicturesSection
{
    /// <summary>The section; null where there are no pictures.</summary>
    public static XElement? Of(Report report) => report.Pictures.Count == 0 ? null : Html.Section(
        "keys", "By the keys that were varied",
        report.Pictures.Select(picture => new[] { Html.Tag("h3", picture.Caption), InlineSvg.Figure(picture.Svg) }));
}
