using Trainer.Sweeps;

namespace Trainer.Reports;

/// <summary>A picture of ours that a page shows.</summary>
/// <param name="Caption">What it is, in a few words.</param>
/// <param name="Svg">The picture, SVG.</param>
internal sealed record ReportPicture(string Caption, string Svg)
{
    /// <summary>The pictures that lie in the folders of those sweeps that are among <paramref name="paths"/>.</summary>
    /// <param name="paths">Folders or names.</param>
    /// <param name="root">The folder of all results.</param>
    public static IReadOnlyList<ReportPicture> OfSweeps(IReadOnlyList<string> paths, string root) =>
    [
        .. paths
            .SelectMany(path => new[] { path, Path.Combine(root, SweepFolder.Parent, path) })
            .Select(path => new SweepFolder(path))
            .Where(sweep => sweep.IsThere)
            .SelectMany(sweep => Directory.GetFiles(sweep.Path, "*.svg").Order(StringComparer.Ordinal))
            .Select(file => new ReportPicture(Path.GetFileNameWithoutExtension(file).Replace('-', ' '), File.ReadAllText(file))),
    ];
}
