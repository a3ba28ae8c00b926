using Trainer.Failures;
using Trainer.Storage;

namespace Trainer.Data;

/// <summary>
/// Lets one process at a time download into a folder: a <see cref="FileLock"/>, which the system releases however the
/// process ends. Others wait as long as the holder gets on.
/// </summary>
internal sealed class FolderLock : IDisposable
{
    private const string FileName = "download.lock";
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(100);

    private readonly FileLock _held;

    private FolderLock(FileLock held) => _held = held;

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
                if (FileLock.TryTake(path) is { } held)
                {
                    return new FolderLock(held);
                }
                // The first few may be two processes that look at the same moment.
                if (attempts == 3)
                {
                    waiting();
                }
                if (patience.Clock.GetElapsedTime(since) > longestStandstill)
                {
                    throw new IOException(FileLock.HolderOf(path) is { } holder ? $"{holder.Describe(DateTimeOffset.UtcNow)} holds it" : "another process holds it");
                }
            }
            catch (UnauthorizedAccessException failure)
            {
                throw new DataException(
                    $"{folder}: cannot be written to ({failure.Message}); {UserCache.Mend}", failure);
            }
            catch (IOException failure) when (patience.Clock.GetElapsedTime(since) > 3 * LookAgain)
            {
                throw new DataException($"{folder}: cannot be locked for the download ({failure.Message}); "
                    + $"end the process that holds it and gets nowhere, or {UserCache.Mend}", failure);
            }
            catch (IOException)
            {
                // What it cannot be made for may be over soon; nothing holds it, so that waiting for long is in vain.
            }
            await patience.Pause(LookAgain, cancellation);
            long now = Bytes(folder);
            if (now != bytes)
            {
                bytes = now;
                since = patience.Clock.GetTimestamp();
            }
        }
    }

    /// <summary>Whether the lock has done its work for good: its file is then removed.</summary>
    public bool Done { get; set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!Done)
        {
            _held.Dispose();
            return;
        }
        try
        {
            _held.Remove();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Another process has it open already, where the system forbids removing it then: it removes it.
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
