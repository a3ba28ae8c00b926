using Trainer.Failures;

namespace Trainer.Results;

/// <summary>
/// Keeps two processes from writing into one run folder: a file held open for this process alone. The system lets go of
/// it when the process ends, however it ends; the empty file stays.
/// </summary>
internal sealed class RunLock : IDisposable
{
    /// <summary>The file's name.</summary>
    public const string FileName = ".lock";

    // What "somebody else has it open" is called: EWOULDBLOCK of Linux and of macOS, ERROR_SHARING_VIOLATION of Windows.
    private static readonly int[] SharingViolations = [11, 35, unchecked((int)0x80070020)];

    // Whoever only asks whether the folder is taken holds the file for a moment.
    private const int Tries = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private readonly string _folder;
    private readonly FileStream _file;

    /// <summary>Takes the folder of a run.</summary>
    /// <exception cref="RunFailedException">Another process is at work in it, or it cannot be written.</exception>
    public RunLock(RunFolder folder)
        : this(folder.Path)
    {
    }

    /// <summary>Takes a folder.</summary>
    /// <exception cref="RunFailedException">Another process is at work in it, or it cannot be written.</exception>
    public RunLock(string folder)
        : this(folder, TryOpen(folder) ?? throw new RunFailedException($"{folder}: another process is at work in it; wait for it, or choose another --out"))
    {
    }

    private RunLock(string folder, FileStream file) => (_folder, _file) = (folder, file);

    /// <summary>Takes the folder of a run; null where another is at work in it.</summary>
    /// <exception cref="RunFailedException">It cannot be written.</exception>
    public static RunLock? TryTake(RunFolder folder) =>
        TryOpen(folder.Path) is { } file ? new RunLock(folder.Path, file) : null;

    /// <summary>Whether a process is at work in the folder.</summary>
    public static bool IsHeld(RunFolder folder)
    {
        try
        {
            using var file = new FileStream(Path.Combine(folder.Path, FileName), FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <summary>The file of a folder, which is made where it is not there; null where another process has it.</summary>
    private static FileStream? TryOpen(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new RunFailedException($"{folder}: the folder cannot be made ({failure.Message}); choose another with --out", failure);
        }
        try
        {
            return OpenAlone(Path.Combine(folder, FileName));
        }
        catch (IOException failure) when (SharingViolations.Contains(failure.HResult))
        {
            return null;
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

    private static FileStream OpenAlone(string path)
    {
        for (int left = Tries - 1; ; left--)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException failure) when (left > 0 && SharingViolations.Contains(failure.HResult))
            {
                Thread.Sleep(Pause);
            }
        }
    }

    /// <summary>Lets go of the folder, and removes it where there is nothing in it but the lock: what never began leaves nothing.</summary>
    public void Leave()
    {
        try
        {
            bool isEmpty = Directory.EnumerateFileSystemEntries(_folder).All(entry => Path.GetFileName(entry) == FileName);
            // As long as it is held nobody else can have taken it. Windows removes no file that is open, and afterwards none that
            // another has.
            if (!isEmpty || OperatingSystem.IsWindows())
            {
                Dispose();
            }
            if (isEmpty)
            {
                File.Delete(Path.Combine(_folder, FileName));
                Dispose();
                Directory.Delete(_folder);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Somebody else has just begun there, or it cannot be removed: an empty folder does no harm.
            Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
