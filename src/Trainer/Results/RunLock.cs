using Trainer.Failures;

namespace Trainer.Results;

/// <summary>
/// Keeps two processes from writing into one run folder: a file held open for this process alone. The system lets go of
/// it when the process ends, however it ends; the empty file stays.
/// </summary>
internal sealed class RunLock : IDisposable
{
    private const string FileName = ".lock";

    // What "somebody else has it open" is called: EWOULDBLOCK of Linux and of macOS, ERROR_SHARING_VIOLATION of Windows.
    private static readonly int[] SharingViolations = [11, 35, unchecked((int)0x80070020)];
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
            return new FileStream(Path.Combine(folder, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new RunFailedException($"{folder}: the folder cannot be written; choose another with --out", failure);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
