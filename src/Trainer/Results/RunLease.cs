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
/// <remarks>Between a look and the change lies less than a millisecond. What is written in it all the same has the bytes that the other
/// writes, for both train the same run.</remarks>
internal sealed class RunLease
{
    private readonly RunFolder _folder;
    private readonly string _text;

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
    public void Take() => AtomicFile.WriteText(_folder.Lease, _text);

    /// <summary>Whether this start has it.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be read.</exception>
    public bool IsOurs() => TryRead(_folder) == _text;

    /// <summary>Stops whoever has lost it.</summary>
    /// <exception cref="LeaseLostException">This start has not got it.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be read.</exception>
    public void ThrowIfLost()
    {
        if (!IsOurs())
        {
            throw Lost();
        }
    }

    /// <summary>Says who has it instead.</summary>
    public LeaseLostException Lost()
    {
        LeaseHolder? other = HolderOf(_folder);
        return new LeaseLostException(
            $"{_folder.Path}: {(other is null ? "taken over, and done since" : $"taken over by {other.Described}")}; "
            + $"this copy, {Holder.Described}, stops and writes nothing more",
            other);
    }

    /// <summary>Gives it back, where this start has it.</summary>
    public void Release()
    {
        try
        {
            if (IsOurs())
            {
                Disk.Current.DeleteFile(_folder.Lease);
            }
        }
        catch (Exception failure) when (WriteFailure.IsOne(failure))
        {
            // The next start takes it all the same.
        }
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
