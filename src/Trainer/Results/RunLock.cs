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
    {
        try
        {
            _file = Open(folder);
        }
        catch (IOException failure)
        {
            throw new RunFailedException($"{folder}: another process is at work in it; wait for it, or choose another --out", failure);
        }
    }

    private RunLock(FileStream file) => _file = file;

    /// <summary>Takes the folder of a run; null where another is at work in it.</summary>
    /// <exception cref="RunFailedException">It cannot be written.</exception>
    public static RunLock? TryTake(RunFolder folder)
    {
        try
        {
            return new RunLock(Open(folder.Path));
        }
        catch (IOException failure)
        {
            return SharingViolations.Contains(failure.HResult) ? null : throw new RunFailedException(
                $"{folder.Path}: the folder cannot be written ({failure.Message}); choose another with --out", failure);
        }
    }

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

    private static FileStream Open(string folder)
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

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
