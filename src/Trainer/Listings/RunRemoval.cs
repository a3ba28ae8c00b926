using System.Text.Json;
using Trainer.Catalogs;
using Trainer.Failures;
using Trainer.Results;
using Trainer.Storage;

namespace Trainer.Listings;

/// <summary>
/// Removes a run's folder and nothing else: not one that a process is at work in, not one that a link leads to, and not one that
/// holds something that no run writes, as a folder of somebody's own would.
/// </summary>
/// <param name="folder">The run.</param>
/// <param name="root">The folder of all results, which stays.</param>
internal sealed class RunRemoval(RunFolder folder, string root)
{
    private const int MostNamed = 3;
    private readonly string _place = Plain(folder.Path);
    private readonly RealPath _root = new(root);

    /// <summary>The run.</summary>
    public RunFolder Folder => folder;

    /// <summary>The bytes of its files.</summary>
    public long Size => RunContents.Of(folder).Bytes;

    /// <summary>Why it must not be removed; null where it may.</summary>
    public CatalogProblem? Problem()
    {
        try
        {
            return Objection() is { } why ? new CatalogProblem($"{folder.Path}: not removed: {why}", ExitCode.Failure) : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new CatalogProblem($"{folder.Path}: not removed: cannot be looked into: {failure.Message}", ExitCode.Failure);
        }
    }

    /// <summary>Removes the folder, and the folder of its configuration when that is empty then.</summary>
    /// <exception cref="RunFailedException">A process has begun to work in it, or something cannot be removed.</exception>
    public void Execute()
    {
        try
        {
            using (var folderLock = new RunLock(folder))
            {
                // Without its summary what is left counts as unfinished, should this be broken off.
                Disk.Current.DeleteFile(folder.Summary);
                var contents = RunContents.Of(folder);
                foreach (string file in contents.Files.Where(file => file != RunLock.FileName))
                {
                    Remove(Path.Combine(_place, file));
                }
                // Each only when it is empty: what somebody has put there meanwhile stays.
                foreach (string inner in contents.Folders)
                {
                    Disk.Current.DeleteFolder(Path.Combine(_place, inner));
                }
                folderLock.Remove();
            }
            RemoveParent(Path.GetDirectoryName(_place)!);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new RunFailedException($"{folder.Path}: cannot be removed: {failure.Message}", failure);
        }
    }

    private string? Objection()
    {
        if (!RunPaths.IsRun(folder))
        {
            return "is no folder of a run";
        }
        if (Links().FirstOrDefault() is { } link)
        {
            return link == _place ? "is a link; name the folder that it leads to" : $"lies behind a link, {link}; name the folder that it leads to";
        }
        var place = new RealPath(_place);
        if (!place.IsWithin(_root) || place.Is(_root))
        {
            return $"does not lie below {root}, the folder of all results; name another with --out";
        }
        if (new RealPath(Environment.CurrentDirectory).IsWithin(place))
        {
            return "is the current folder; leave it first";
        }
        if (!IsOurs())
        {
            return "its files are not those of a run of this program; remove it by hand if it is not needed";
        }
        IReadOnlyList<string> foreign = RunContents.Of(folder).Foreign;
        if (foreign.Count > 0)
        {
            return $"holds what no run writes ({string.Join(", ", foreign.Take(MostNamed))}{(foreign.Count > MostNamed ? ", ..." : "")}); move that away first";
        }
        return RunLock.IsHeld(folder) ? $"a process is at work in it{RunLock.HolderOf(folder)}; stop it first" : null;
    }

    /// <summary>The links on the way to the run, below the folder of all results, which may well be one, or be reached by one; elsewhere
    /// the run's own alone.</summary>
    private IEnumerable<string> Links()
    {
        string results = Plain(root);
        bool isBelow = _place.StartsWith(results + Path.DirectorySeparatorChar, StringComparison.Ordinal);
        for (string place = _place; place != results; place = Path.GetDirectoryName(place)!)
        {
            if (RunPaths.IsLink(new DirectoryInfo(place)))
            {
                yield return place;
            }
            if (!isBelow)
            {
                yield break;
            }
        }
    }

    /// <summary>Whether one of its files can only be of a run: others, too, write a <c>metrics.csv</c> beside a <c>config.yaml</c>.</summary>
    private bool IsOurs()
    {
        if (RecordedManifest.TryRead(folder)?.Text("software", "trainer") is not null)
        {
            return true;
        }
        try
        {
            using var status = JsonDocument.Parse(RecordedFile.ReadText(folder.Status, RecordedFile.LongestJson));
            if (status.RootElement.ValueKind == JsonValueKind.Object
                && new[] { "state", "epoch", "epochs", "updated" }.All(key => status.RootElement.TryGetProperty(key, out _)))
            {
                return true;
            }
        }
        catch (Exception failure) when (failure is JsonException or IOException)
        {
            // Its metrics may still say so.
        }
        return File.Exists(folder.Metrics) && MetricsFile.BeginsAsOurs(folder.Metrics);
    }

    /// <summary>Removes a file, or a link and nothing behind it; to Windows a link to a folder is a folder.</summary>
    private static void Remove(string path)
    {
        if (OperatingSystem.IsWindows() && Directory.Exists(path))
        {
            Disk.Current.DeleteFolder(path);
        }
        else
        {
            Disk.Current.DeleteFile(path);
        }
    }

    private void RemoveParent(string parent)
    {
        var place = new RealPath(parent);
        bool goes = place.IsWithin(_root) && !place.Is(_root) && !new RealPath(Environment.CurrentDirectory).IsWithin(place)
            && !Directory.EnumerateFileSystemEntries(parent).Any();
        if (goes)
        {
            Disk.Current.DeleteFolder(parent);
        }
    }

    private static string Plain(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
}
