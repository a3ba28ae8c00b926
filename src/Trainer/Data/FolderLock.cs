using Trainer.Failures;

namespace Trainer.Data;

/// <summary>
/// Lets one process at a time download into a folder: a lock file held open, which the system releases however the
/// process ends. Others wait as long as the holder gets on.
/// </summary>
internal sealed class FolderLock : IDisposable
{
    private const string FileName = "download.lock";
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(100);

    private readonly FileStream _held;

    private FolderLock(FileStream held) => _held = held;

    /// <summary>Waits for the lock on <paramref name="folder"/>.</summary>
    /// <param name="folder">An existing folder.</param>
    /// <param name="patience">Whose clock and pauses are taken.</param>
    /// <param name="longestStandstill">How long the folder's files may stay as they are before waiting is given up.</param>
    /// <param name="waiting">Told once, where another process holds it.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="DataException">The holder does not get on, or the lock file cannot be made.</exception>
    public static async Task<FolderLock> AcquireAsync(
        string folder, DownloadPatience patience, TimeSpan longestStandstill, Action waiting, CancellationToken cancellation)
    {
        string path = Path.Combine(folder, FileName);
        long bytes = Bytes(folder);
        long since = patience.Clock.GetTimestamp();
        for (int attempts = 0; ; attempts++)
        {
            try
            {
                return new FolderLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (UnauthorizedAccessException failure)
            {
                throw new DataException(
                    $"{folder}: cannot be written to ({failure.Message}); {UserCache.Mend}", failure);
            }
            // Where there is no lock file, nobody holds it: it cannot be made, and waiting is in vain.
            catch (IOException failure) when (
                patience.Clock.GetElapsedTime(since) > (File.Exists(path) ? longestStandstill : 3 * LookAgain))
            {
                throw new DataException($"{folder}: cannot be locked for the download ({failure.Message}); "
                    + $"end the process that holds it and gets nowhere, or {UserCache.Mend}", failure);
            }
            catch (IOException)
            {
                // The first few may be two processes that look at the same moment.
                if (attempts == 3 && File.Exists(path))
                {
                    waiting();
                }
                await patience.Pause(LookAgain, cancellation);
            }
            long now = Bytes(folder);
            if (now != bytes)
            {
                bytes = now;
                since = patience.Clock.GetTimestamp();
            }
        }
    }

    /// <summary>Whether the lock has done its work for good: its file is then deleted. One who still waits for the deleted
    /// file gets it beside another who makes a new one, but neither has anything left to do.</summary>
    public bool Done { get; set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _held.Dispose();
        if (!Done)
        {
            return;
        }
        try
        {
            File.Delete(_held.Name);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Another process has it open already, where the system forbids deleting then: it deletes it.
        }
    }

    private static long Bytes(string folder)
    {
        try
        {
            return new DirectoryInfo(folder).EnumerateFiles().Sum(file => file.Length);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // A file was renamed while it was being listed: that is movement too.
            return -1;
        }
    }
}
