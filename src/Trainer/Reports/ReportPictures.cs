using System.Text;
using Trainer.Comparisons;
using Trainer.Sweeps;

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
        return comparison.Groups.Count > 1 && (isGrid || paths.Any(path => IsSweep(path, root)))
            ? [.. ComparisonPictures.Of(comparison).Where(picture => picture.Name != Curves).Select(picture => Drawn(picture.Draw))]
            : [];
    }

    private static bool IsSweep(string path, string root) =>
        new[] { path, Path.Combine(root, path), Path.Combine(root, SweepFolder.Parent, path) }.Any(folder => new SweepFolder(folder).IsThere);

    private static string Drawn(Action<Stream> draw)
    {
        using var bytes = new MemoryStream();
        draw(bytes);
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }
}
