using System.Text;
using Trainer.Comparisons;
using Trainer.Sweeps;

namespace Trainer.Reports;

/// <summary>A picture of ours that a page shows.</summary>
/// <param name="Caption">What it is, in a few words.</param>
/// <param name="Svg">The picture, SVG.</param>
internal sealed record ReportPicture(string Caption, string Svg)
{
    private const string Curves = "curves";
    private const int FewestGroups = 3;

    /// <summary>The pictures of the keys that were varied: where a sweep was asked for, and where every group has those keys, so that
    /// they might as well be of one. The curves are charts of the page already.</summary>
    /// <param name="comparison">The groups.</param>
    /// <param name="paths">What was asked for.</param>
    /// <param name="root">The folder of all results.</param>
    public static IReadOnlyList<ReportPicture> Of(Comparison comparison, IReadOnlyList<string> paths, string root)
    {
        var grid = SweepGrid.Of(comparison);
        bool isGrid = comparison.Groups.Count >= FewestGroups && grid.Keys.Count > 0 && grid.Keys.All(key => key.Values.All(value => value is not null));
        return comparison.Groups.Count > 1 && (isGrid || paths.Any(path => IsSweep(path, root)))
            ? [.. ComparisonPictures.Of(comparison).Where(picture => picture.Name != Curves).Select(picture => new ReportPicture(CaptionOf(picture.Name), Drawn(picture.Draw)))]
            : [];
    }

    private static bool IsSweep(string path, string root) =>
        new[] { path, Path.Combine(root, path), Path.Combine(root, SweepFolder.Parent, path) }.Any(folder => new SweepFolder(folder).IsThere);

    private static string CaptionOf(string name) => name switch
    {
        "heatmap" => "Both keys together",
        "parallel" => "All keys together",
        _ when name.StartsWith("by-", StringComparison.Ordinal) => $"By {name[3..]}",
        _ => name,
    };

    private static string Drawn(Action<Stream> draw)
    {
        using var bytes = new MemoryStream();
        draw(bytes);
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }
}
