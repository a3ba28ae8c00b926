using Trainer.Failures;
using Trainer.Storage;

namespace Trainer.Results;

/// <summary>
/// Keeps two processes from writing into one run folder: a <see cref="FileLock"/> in it. The system lets go of it when the process
/// ends, however it ends; the file stays.
/// </summary>
internal sealed class RunLock : IRunHold, IDisposable
{
    /// <summary>The file's name.</summary>
    public const string FileName = ".lock";

    // As often as others may have left the folder, and taken it with them, while this one was about to take it.
    private const int MostRounds = 200;

    // Whoever has just taken the folder is about to write down who he is.
    private const int Looks = 20;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(5);
    private readonly string _folder;
    private readonly FileLock _lock;

    /// <summary>Takes the folder of a run.</summary>
    /// <exception cref="RunFailedException">Another process is at work in it, or it cannot be written.</exception>
    public RunLock(RunFolder folder)
        : this(folder.Path)
    {
    }

    /// <summary>Takes a folder.</summary>
    /// <exception cref="RunFailedException">Another process is at work in it, or it cannot be written.</exception>
    public RunLock(string folder)
        : this(folder, TryOpen(folder) ?? throw new RunFailedException(
            $"{folder}: another process is at work in it{HolderOf(folder, Looks)}; wait for it, or choose another --out"))
    {
    }

    private RunLock(string folder, FileLock file) => (_folder, _lock) = (folder, file);

    /// <inheritdoc/>
    public string? Notice => _lock.Weakness is { } why
        ? $"trainer: {_folder}: {why}: see to it yourself that no other process works in it"
        : null;

    /// <summary>Takes the folder of a run; null where another is at work in it.</summary>
    /// <exception cref="RunFailedException">It cannot be written.</exception>
    public static RunLock? TryTake(RunFolder folder) =>
        TryOpen(folder.Path) is { } file ? new RunLock(folder.Path, file) : null;

    /// <summary>Whether a process is at work in the folder.</summary>
    public static bool IsHeld(RunFolder folder) => FileLock.IsHeld(Place(folder.Path));

    /// <summary>Whether it is a given process that is at work in the folder, as far as it has written down who it is.</summary>
    public static bool IsHeldBy(RunFolder folder, string host, int process) =>
        FileLock.HolderOf(Place(folder.Path)) is { } holder && holder.Process == process && holder.Host == host;

    /// <summary>" (process 4711 on nodex since 12:31)", as far as whoever is at work in the folder has written it down; else nothing.</summary>
    public static string HolderOf(RunFolder folder) => HolderOf(folder.Path, looks: 1);

    private static string HolderOf(string folder, int looks)
    {
        LockHolder? holder = FileLock.HolderOf(Place(folder));
        for (; holder is null && looks > 1; looks--)
        {
            Thread.Sleep(BetweenLooks);
            holder = FileLock.HolderOf(Place(folder));
        }
        return holder is null ? "" : $" ({holder.Describe(DateTimeOffset.UtcNow)})";
    }

    /// <summary>The lock of a folder, which is made where it is not there; null where another process has it.</summary>
    private static FileLock? TryOpen(string folder)
    {
        for (int left = MostRounds; ; left--)
        {
            try
            {
                Directory.CreateDirectory(folder);
            }
            catch (IOException) when (left > 0)
            {
                // There, say, and a moment later not.
                continue;
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw new RunFailedException($"{folder}: the folder cannot be made ({FolderFault.Words(folder, failure)}); choose another with --out", failure);
            }
            try
            {
                return FileLock.TryTake(Place(folder));
            }
            catch (Exception failure) when (failure is DirectoryNotFoundException or FileNotFoundException && left > 0)
            {
                // Somebody has left it meanwhile, and taken the folder with him.
            }
            catch (IOException failure)
            {
                // A full disk, or one that can only be read.
                throw new RunFailedException($"{folder}: the folder cannot be written ({failure.Message}); choose another with --out", failure);
            }
            catch (UnauthorizedAccessException failure)
            {
                throw new RunFailedException($"{folder}: the folder cannot be written; choose another with --out", failure);
            }
        }
    }

    /// <inheritdoc/>
    /// <remarks>The folder goes where there is nothing in it but the lock.</remarks>
    public void Leave()
    {
        try
        {
            if (Directory.EnumerateFileSystemEntries(_folder).All(entry => Path.GetFileName(entry) == FileName))
            {
                Remove();
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Somebody else has just begun there, or it cannot be removed: an empty folder does no harm.
        }
        Dispose();
    }

    /// <summary>Lets go of the folder and removes it, which has nothing in it but the lock.</summary>
    /// <exception cref="IOException">It has, somebody else has just taken it, or it cannot be removed.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be removed.</exception>
    public void Remove()
    {
        _lock.Remove();
        Directory.Delete(_folder);
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    private static string Place(string folder) => Path.Combine(folder, FileName);
}
