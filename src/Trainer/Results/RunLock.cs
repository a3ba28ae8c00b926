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

    // Whoever only asks whether the folder is taken holds the file for a moment.
    private const int Tries = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
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
            _file = Open(path);
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

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static FileStream Open(string path)
    {
        for (int left = Tries - 1; ; left--)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (left > 0)
            {
                Thread.Sleep(Pause);
            }
        }
    }
}
