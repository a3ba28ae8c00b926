using Trainer.Failures;
using Trainer.Results;
using Trainer.Sweeps;

namespace Trainer.Catalogs;

/// <summary>Finds the runs that a user means: a run's folder, a folder with runs anywhere below it, a sweep, or the name of one of
/// those under the folder of all results.</summary>
/// <param name="root">The folder of all results.</param>
internal sealed class RunPaths(string root)
{
    private static readonly EnumerationOptions Listing = new() { IgnoreInaccessible = true };

    /// <summary>The run folders, in the order of their paths.</summary>
    /// <exception cref="ConfigException">There is none.</exception>
    public IReadOnlyList<RunFolder> Find(string path)
    {
        string[] candidates = [path, Path.Combine(root, path), Path.Combine(root, SweepFolder.Parent, path)];
        string folder = candidates.FirstOrDefault(Directory.Exists)
            ?? throw new ConfigException($"{path}: no such folder; give the folder of a run, of several, or of a sweep, as {root} or {root}/{SweepFolder.Parent}/NAME");
        IReadOnlyList<RunFolder> runs = new SweepFolder(folder) is { IsThere: true } sweep ? sweep.Cells() : [.. Below(folder)];
        return runs.Count > 0 ? runs : throw new ConfigException($"{path}: no run in it; start one with 'trainer run CONFIG'");
    }

    /// <summary>The run at <paramref name="path"/>, or all runs anywhere below it, in the order of their paths; what vanishes
    /// meanwhile is not there.</summary>
    public static IEnumerable<RunFolder> Below(string path)
    {
        var folder = new RunFolder(path);
        return IsRun(folder) ? [folder] : Folders(path).SelectMany(Below);
    }

    /// <summary>Whether <paramref name="folder"/> holds a run.</summary>
    // The status is written last of what a run begins with; a folder that lost it is still one with metrics.
    public static bool IsRun(RunFolder folder) => File.Exists(folder.Status) || File.Exists(folder.Metrics);

    private static string[] Folders(string path)
    {
        try
        {
            return [.. Directory.EnumerateDirectories(path, "*", Listing).Order(StringComparer.Ordinal)];
        }
        catch (IOException)
        {
            return [];
        }
    }
}
