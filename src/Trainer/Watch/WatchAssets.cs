using System.Reflection;

namespace Trainer.Watch;

/// <summary>What the page is made of, from within the program: no file of the disk is served but through the list of runs.</summary>
internal static class WatchAssets
{
    private static readonly (string Path, string Resource, string ContentType)[] All =
    [
        ("/", "Watch/watch.html", "text/html; charset=utf-8"),
        ("/watch.js", "Watch/watch.js", "text/javascript; charset=utf-8"),
        ("/watch.css", "Watch/watch.css", "text/css; charset=utf-8"),
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
