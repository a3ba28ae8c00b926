using System.Security.Cryptography;
using System.Text;

namespace Trainer.Reports;

/// <summary>The scripts and style sheets of our pages, which lie in this program as they lie in <c>Reports/Assets</c>.</summary>
internal static class ReportAssets
{
    private const string Prefix = "Reports/";

    /// <summary>The style sheets, in the order in which a page has them.</summary>
    public static IReadOnlyList<string> StyleSheets { get; } = ["uPlot.min.css", "page.css"];

    /// <summary>The scripts, in the order in which a page runs them.</summary>
    public static IReadOnlyList<string> Scripts { get; } = ["uPlot.iife.min.js", "chart-parts.js", "chart-plot.js", "charts.js", "report.js"];

    /// <summary>The text of a file.</summary>
    /// <param name="name">Its name without a folder.</param>
    /// <exception cref="ArgumentException">There is no such file.</exception>
    public static string Text(string name)
    {
        using Stream resource = typeof(ReportAssets).Assembly.GetManifestResourceStream(Prefix + name)
            ?? throw new ArgumentException($"no asset '{name}'", nameof(name));
        using var reader = new StreamReader(resource, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>How a content security policy names a text that stands in the page itself.</summary>
    public static string PolicyHash(string text) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";
}
