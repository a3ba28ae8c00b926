using Trainer.Failures;

namespace Trainer.Results;

/// <summary>
/// Keeps two processes from writing into one run folder: a file held open for this process alone. The system lets go of
/// it when the process ends, however it ends; the empty file stays.
/// </summary>
internal sealed class RunLock : IDisposable
{
    private const string FileName = ".lock";
    private readonly FileStream _file;

    /// <summary>Takes the folder.</summary>
    /// <exception cref="RunFailedException">Another process is at work in it, or it cannot be written.</exception>
    public RunLock(RunFolder folder)
    {
        try
        {
            Directory.CreateDirectory(folder.Path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new RunFailedException($"{folder.Path}: the folder cannot be made ({failure.Message}); choose another with --out", failure);
        }
        string path = Path.Combine(folder.Path, FileName);
        try
        {
            _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new RunFailedException($"{folder.Path}: the folder cannot be written; choose another with --out", failure);
        }
        catch (IOException failure)
        {
            throw new RunFailedException($"{folder.Path}: another process is at work in it; wait for it, or choose another --out", failure);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
