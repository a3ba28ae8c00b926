using System.Text;
using System.Text.Json;
using Trainer.Failures;
using Trainer.Storage;

namespace Trainer.Results;

/// <summary>
/// <c>lease.json</c> in a run's folder: the start of a task that may write there. A scheduler that has lost sight of a node starts
/// its task again elsewhere, while the first copy goes on: then the newest start writes its name here, and the older one, which
/// looks before every change it makes, stops. The <see cref="RunLock"/> alone would hold back the wrong one of the two.
/// </summary>
/// <remarks>It stays when the run is done: a copy that wakes up after hours has to find that it is not the newest. Two that write it at the
/// same moment find out at their next look: the older one stops, the newer one writes it again.</remarks>
internal sealed class RunLease
{
    private const int MostAttempts = 20;

    private readonly RunFolder _folder;
    private readonly string _text;

    // That of before the fence, which would ask for the lease.
    private readonly IDisk _disk = Disk.Current;

    /// <summary>For a start that does not have it yet.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="holder">The start.</param>
    public RunLease(RunFolder folder, LeaseHolder holder) => (_folder, Holder, _text) = (folder, holder, JsonText.File(holder));

    /// <summary>The start.</summary>
    public LeaseHolder Holder { get; }

    /// <summary>Who has the lease of a run; null where nobody has.</summary>
    public static LeaseHolder? HolderOf(RunFolder folder)
    {
        try
        {
            return TryRead(folder) is { } text ? JsonText.Parse<LeaseHolder>(text) : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes it, whoever had it.</summary>
    /// <exception cref="RunFailedException">It cannot be written.</exception>
    public void Take()
    {
        for (int left = MostAttempts; ; left--)
        {
            try
            {
                using IDisposable use = Disk.Use(_disk);
                AtomicFile.WriteText(_folder.Lease, _text);
                return;
            }
            catch (RunFailedException failure) when (failure.InnerException is FileNotFoundException && left > 0)
            {
                // Somebody who begins in the folder has just removed what others had begun to write there.
            }
        }
    }

    /// <summary>Whether this start has it.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be read.</exception>
    public bool IsOurs() => TryRead(_folder) == _text;

    /// <summary>Whether this start may write: it has the lease, or takes it back from an older start.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be read.</exception>
    /// <exception cref="RunFailedException">It cannot be taken back.</exception>
    public bool TryKeep()
    {
        string? text = TryRead(_folder);
        if (text == _text)
        {
            return true;
        }
        // Gone with the folder: whatever is there now is none of this run.
        if (text is null || HolderOf(_folder) is { } other && !Holder.IsNewerThan(other))
        {
            return false;
        }
        Take();
        return true;
    }

    /// <summary>Stops whoever has lost it.</summary>
    /// <exception cref="LeaseLostException">This start has not got it.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be read.</exception>
    public void ThrowIfLost()
    {
        if (!TryKeep())
        {
            throw Lost();
        }
    }

    /// <summary>Says who has it instead.</summary>
    public LeaseLostException Lost()
    {
        LeaseHolder? other = HolderOf(_folder);
        return new LeaseLostException(
            $"{_folder.Path}: {(other is null ? "removed by somebody" : $"taken over by {other.Described}")}; "
            + $"this copy, {Holder.Described}, stops and writes nothing more",
            other);
    }

    private static string? TryRead(RunFolder folder)
    {
        try
        {
            return Encoding.UTF8.GetString(RecordedFile.ReadBytes(folder.Lease, RecordedFile.LongestJson));
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
