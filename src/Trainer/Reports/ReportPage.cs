using System.Xml.Linq;
using Trainer.Catalogs;
using Trainer.Comparisons;

namespace Trainer.Reports;

/// <summary>The page: one file that needs no other and no network. Its scripts are our own, named by hash in its security policy,
/// so that nothing else could run in it.</summary>
internal static class ReportPage
{
    /// <summary>The page's text.</summary>
    public static string Of(Report report)
    {
        string[] sheets = [.. ReportAssets.StyleSheets.Select(ReportAssets.Text)];
        string[] scripts = [.. ReportAssets.Scripts.Select(ReportAssets.Text)];
        XElement[] sections = [.. new[]
        {
            ResultsSection.Of(report), CurvesSection.Of(report), PairsSection.Of(report), PicturesSection.Of(report), EvaluationSection.Of(report),
            ConfigsSection.Of(report), EnvironmentSection.Of(report), RunsSection.Of(report),
        }.OfType<XElement>()];
        return HtmlText.Page(Html.Tag(
            "html", Html.With("lang", "en"),
            Html.Tag("head",
                Html.Tag("meta", Html.With("charset", "utf-8")),
                Html.Tag("meta", Html.With("http-equiv", "Content-Security-Policy"), Html.With("content", Policy(sheets, scripts))),
                Html.Tag("meta", Html.With("name", "viewport"), Html.With("content", "width=device-width, initial-scale=1")),
                Html.Tag("title", report.Title),
                sheets.Select(sheet => Html.Tag("style", sheet))),
            Html.Tag("body",
                Html.Tag("a.skip", Html.With("href", "#main"), "To the results"),
                Html.Tag("div.sheet",
                    Masthead(report, sections),
                    Html.Tag("main", Html.With("id", "main"), AnswerSection.Answer(report), AnswerSection.Warnings(report.Comparison), sections),
                    Html.Tag("footer", "Made by trainer from the files in the run folders; it needs no other file and no network. Charts by uPlot (MIT).")),
                scripts.Select(script => Html.Tag("script", script)))));
    }

    private static string Policy(string[] sheets, string[] scripts) =>
        $"default-src 'none'; img-src data:; style-src {string.Join(' ', sheets.Select(ReportAssets.PolicyHash))}; "
        + $"script-src {string.Join(' ', scripts.Select(ReportAssets.PolicyHash))}; base-uri 'none'; form-action 'none'";

    private static XElement Masthead(Report report, XElement[] sections) => Html.Tag(
        "header.masthead",
        Html.Tag("div.top",
            Html.Tag("h1", report.Title),
            Html.Tag("button.tool", Html.With("type", "button"), Html.With("id", "theme"), Html.With("aria-pressed", "false"), Html.With("hidden", true), "Dark")),
        Html.Tag("p.facts", Facts(report.Comparison)),
        Html.Tag("nav.contents", Html.With("aria-label", "Contents"), Html.Tag("ul", sections.Select(section =>
        {
            XElement heading = section.Element("h2")!;
            return Html.Tag("li", Html.Tag("a", Html.With("href", "#" + heading.Attribute("id")!.Value), heading.Value));
        }))));

    private static string Facts(Comparison comparison)
    {
        RunEntry[] runs = [.. comparison.Groups.SelectMany(group => group.Group.Runs)];
        int[] epochs = [.. runs.Select(run => run.Experiment.Epochs).Distinct().Order()];
        string[] sets = [.. runs.Select(run => run.Data.Name).Distinct()];
        return string.Join(" · ",
            $"Data set: {string.Join(" and ", sets)}",
            Count(comparison.Groups.Count, "configuration"),
            Count(runs.Length, "run"),
            epochs.Length == 1 ? Count(epochs[0], "epoch") : FormattableString.Invariant($"{epochs[0]} to {epochs[^1]} epochs"));
    }

    private static string Count(int number, string what) => FormattableString.Invariant($"{number} {what}{(number == 1 ? "" : "s")}");
}
