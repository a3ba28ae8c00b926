using System.Reflection;
using Trainer.Reports;

namespace Trainer.Watch;

/// <summary>What the page is made of, from within the program: no file of the disk is served but through the list of runs.</summary>
internal static class WatchAssets
{
    private const string JavaScript = "text/javascript; charset=utf-8";
    private const string Css = "text/css; charset=utf-8";

    private static readonly (string Path, string Resource, string ContentType)[] All =
    [
        ("/", "Watch/watch.html", "text/html; charset=utf-8"),
        ("/watch-curves.js", "Watch/watch-curves.js", JavaScript),
        ("/watch.js", "Watch/watch.js", JavaScript),
        ("/watch.css", "Watch/watch.css", Css),
        .. ReportAssets.Scripts.Select(name => ("/" + name, "Reports/" + name, JavaScript)),
        .. ReportAssets.StyleSheets.Select(name => ("/" + name, "Reports/" + name, Css)),
    ];

    /// <summary>By the path in an address what to send.</summary>
    public static IReadOnlyDictionary<string, Reply> Load() => All.ToDictionary(
        asset => asset.Path, asset => new Reply(asset.ContentType, Read(asset.Resource)), StringComparer.Ordinal);

    private static byte[] Read(string resource)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"{resource} is not in this program");
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
