using System.Text;
using Trainer.Catalogs;
using Trainer.Comparisons;

namespace Trainer.Reports;

/// <summary>The pictures that a page shows, SVG.</summary>
internal static class ReportPictures
{
    private const string Curves = "curves";
    private const int FewestGroups = 3;

    /// <summary>The pictures of the keys that were varied: where a sweep was asked for, and where every group has those keys, so that
    /// they might as well be of one. The curves are charts of the page already.</summary>
    /// <param name="comparison">The groups.</param>
    /// <param name="paths">What was asked for.</param>
    /// <param name="root">The folder of all results.</param>
    public static IReadOnlyList<string> Of(Comparison comparison, IReadOnlyList<string> paths, string root)
    {
        var grid = SweepGrid.Of(comparison);
        bool isGrid = comparison.Groups.Count >= FewestGroups && grid.Keys.Count > 0 && grid.Keys.All(key => key.Values.All(value => value is not null));
        return comparison.Groups.Count > 1 && (isGrid || paths.Any(path => new RunPaths(root).IsSweep(path)))
            ? [.. ComparisonPictures.Of(comparison).Where(picture => picture.Name != Curves).Select(picture => Drawn(picture.Draw))]
            : [];
    }

    private static string Drawn(Action<Stream> draw)
    {
        using var bytes = new MemoryStream();
        draw(bytes);
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }
}
