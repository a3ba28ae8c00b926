using Trainer.Failures;
using Trainer.Results;
using Trainer.Sweeps;
using Trainer.Yaml;

namespace Trainer.Catalogs;

/// <summary>Finds the runs that a user means: a run's folder, a folder with runs anywhere below it, a sweep, or the name of one of
/// those under the folder of all results.</summary>
/// <param name="root">The folder of all results.</param>
internal sealed class RunPaths(string root)
{
    private static readonly EnumerationOptions Listing = new() { IgnoreInaccessible = true };

    /// <summary>The run folders, in the order of their paths; of a sweep, in that of its cells.</summary>
    /// <param name="path">What the user means.</param>
    /// <param name="lastRung">Whether of a sweep that was halved only the last rung counts.</param>
    /// <exception cref="ConfigException">There is none.</exception>
    public IReadOnlyList<RunFolder> Find(string path, bool lastRung = false)
    {
        string folder = Folder(path);
        IReadOnlyList<RunFolder> runs = new SweepFolder(folder) is { IsThere: true } sweep ? sweep.Cells(lastRung) : [.. Below(folder)];
        return runs.Count > 0 ? runs : throw new ConfigException(File.Exists(new SweepFolder(folder).Copy)
            ? $"{path}: a sweep without runs; 'trainer sweep {new SweepFolder(folder).Copy}' trains them"
            : $"{path}: no run in it; start one with 'trainer run CONFIG'");
    }

    /// <summary>The folder that <paramref name="path"/> means, without "." and ".." in its midst or a separator behind it: code that
    /// takes paths apart, or asks whether one is a link, goes wrong with those.</summary>
    /// <exception cref="ConfigException">There is none, or it is a whole disk.</exception>
    public string Folder(string path)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            throw new ConfigException("an empty name means no run; is a variable of the shell not set?");
        }
        string found = Existing(path) ?? throw new ConfigException($"{path}: no such folder; {Advice(path)}");
        ThrowIfWholeDisk(found);
        string whole = Path.GetFullPath(found);
        return Path.TrimEndingDirectorySeparator(Path.IsPathRooted(found) ? whole : Path.GetRelativePath(".", whole));
    }

    /// <summary>Whether <paramref name="path"/> means a sweep.</summary>
    public bool IsSweep(string path) => Existing(path) is { } folder && new SweepFolder(folder).IsThere;

    /// <summary>Refuses what would take minutes to look through.</summary>
    /// <exception cref="ConfigException"><paramref name="path"/> is a whole disk.</exception>
    public static void ThrowIfWholeDisk(string path)
    {
        string whole = Path.GetFullPath(path);
        if (whole == Path.GetPathRoot(whole))
        {
            throw new ConfigException($"{path}: is a whole disk; name the folder on it that holds the runs");
        }
    }

    /// <summary>The run at <paramref name="path"/>, or all runs anywhere below it, in the order of their paths; what vanishes
    /// meanwhile is not there. Links below are not followed: they lead in circles, or to what belongs elsewhere.</summary>
    public static IEnumerable<RunFolder> Below(string path)
    {
        var folder = new RunFolder(path);
        return IsRun(folder) ? [folder] : Folders(path).SelectMany(Below);
    }

    /// <summary>Whether <paramref name="folder"/> holds a run.</summary>
    // The status is written last of what a run begins with; a folder that lost it is still one with metrics.
    public static bool IsRun(RunFolder folder) => File.Exists(folder.Status) || File.Exists(folder.Metrics);

    /// <summary>Whether <paramref name="folder"/> is a link to another.</summary>
    // Not all that is called a reparse point on Windows leads elsewhere: files of a cloud drive are some, too.
    public static bool IsLink(FileSystemInfo folder) => folder.Attributes.HasFlag(FileAttributes.ReparsePoint) && folder.LinkTarget is not null;

    /// <summary>The folder of that path or name; null where there is none.</summary>
    private string? Existing(string path) =>
        new[] { path, Path.Combine(root, path), Path.Combine(root, SweepFolder.Parent, path) }.FirstOrDefault(Directory.Exists);

    private string Advice(string path)
    {
        if (!Directory.Exists(root))
        {
            return $"there are no results in {root}: start a run with 'trainer run CONFIG', or name another folder with --out";
        }
        string sweeps = Path.Combine(root, SweepFolder.Parent);
        string?[] names = [.. Folders(root).Concat(Directory.Exists(sweeps) ? Folders(sweeps) : []).Select(Path.GetFileName)];
        return Suggestion.For(path, names.OfType<string>()) is { } near
            ? $"did you mean '{near}'?"
            : $"give the folder of a run, of several, or of a sweep, as {root} or {root}/{SweepFolder.Parent}/NAME";
    }

    private static string[] Folders(string path)
    {
        try
        {
            return [.. new DirectoryInfo(path).EnumerateDirectories("*", Listing)
                .Where(folder => !IsLink(folder))
                .Select(folder => Path.Combine(path, folder.Name))
                .Order(StringComparer.Ordinal)];
        }
        catch (IOException)
        {
            return [];
        }
    }
}
