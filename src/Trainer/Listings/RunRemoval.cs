using Trainer.Catalogs;
using Trainer.Failures;
using Trainer.Results;

namespace Trainer.Listings;

/// <summary>
/// Removes a run's folder and nothing else: not one that a process is at work in, and not one that holds something that no run
/// writes, as a folder of somebody's own would.
/// </summary>
/// <param name="folder">The run.</param>
/// <param name="root">The folder of all results, which stays.</param>
internal sealed class RunRemoval(RunFolder folder, string root)
{
    private readonly string[] _known =
    [
        .. new[]
        {
            folder.Config, folder.Manifest, folder.Metrics, folder.Timing, folder.LineSearch, folder.Summary, folder.Status,
            folder.Evaluations, folder.Trace, folder.Diagnostics.Path, folder.TensorBoard.Path,
        }.Select(path => Path.GetFileName(path)!),
        Path.GetFileName(Path.GetDirectoryName(folder.LastWeights)!),
        RunLock.FileName,
    ];

    /// <summary>The run.</summary>
    public RunFolder Folder => folder;

    /// <summary>Why it must not be removed; null where it may.</summary>
    public CatalogProblem? Problem()
    {
        if (!RunPaths.IsRun(folder))
        {
            return Refused("is no folder of a run");
        }
        if (new DirectoryInfo(folder.Path).LinkTarget is not null)
        {
            return Refused("is a link; name the folder that it leads to");
        }
        if (IsWithin(Environment.CurrentDirectory, Path.GetFullPath(folder.Path)))
        {
            return Refused("is the current folder; leave it first");
        }
        string[] foreign = [.. Entries().Where(name => !IsOurs(name)).Order(StringComparer.Ordinal)];
        if (foreign.Length > 0)
        {
            return Refused($"holds what no run writes ({string.Join(", ", foreign.Take(3))}{(foreign.Length > 3 ? ", ..." : "")}); move that away first");
        }
        return RunLock.IsHeld(folder) ? Refused("a process is at work in it; stop it first") : null;
    }

    /// <summary>The bytes of its files.</summary>
    public long Size() => new DirectoryInfo(folder.Path)
        .EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint })
        .Sum(file => file.Length);

    /// <summary>Removes the folder, and the folder around it when that is empty then.</summary>
    /// <exception cref="RunFailedException">A process has begun to work in it, or something cannot be removed.</exception>
    public void Execute()
    {
        try
        {
            using (new RunLock(folder))
            {
                // Without its summary what is left counts as unfinished, should this be broken off.
                File.Delete(folder.Summary);
                foreach (string name in Entries().Where(name => IsOurs(name) && name != RunLock.FileName).ToArray())
                {
                    Remove(Path.Combine(folder.Path, name));
                }
            }
            File.Delete(Path.Combine(folder.Path, RunLock.FileName));
            Directory.Delete(folder.Path);
            RemoveParent(Path.GetDirectoryName(Path.GetFullPath(folder.Path))!);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new RunFailedException($"{folder.Path}: cannot be removed: {failure.Message}", failure);
        }
    }

    private static bool IsWithin(string path, string folder) =>
        (path + Path.DirectorySeparatorChar).StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static void Remove(string path)
    {
        if (Directory.Exists(path) && new DirectoryInfo(path).LinkTarget is null)
        {
            Directory.Delete(path, recursive: true);
        }
        else
        {
            File.Delete(path);
        }
    }

    private void RemoveParent(string parent)
    {
        bool stays = parent == Path.GetFullPath(root) || IsWithin(Environment.CurrentDirectory, parent) || Directory.EnumerateFileSystemEntries(parent).Any();
        if (!stays)
        {
            Directory.Delete(parent);
        }
    }

    private IEnumerable<string> Entries() => Directory.EnumerateFileSystemEntries(folder.Path).Select(path => Path.GetFileName(path));

    // 'trainer plot' draws the curves in more than one format.
    private bool IsOurs(string name) => _known.Contains(name)
        || Path.GetFileNameWithoutExtension(name) == Path.GetFileNameWithoutExtension(folder.Curves)
        || (name.StartsWith('.') && name.EndsWith(".tmp", StringComparison.Ordinal));

    private CatalogProblem Refused(string why) => new($"{folder.Path}: not removed: {why}", ExitCode.Failure);
}
