namespace Trainer.Data;

/// <summary>Fetches one file: asks the mirrors in turn, round after round, until one has delivered the right bytes.</summary>
/// <param name="mirrors">In the order in which they are asked.</param>
/// <param name="transfer">Makes the requests.</param>
/// <param name="patience">How often to ask, and the pauses between.</param>
/// <param name="time">What is left of it.</param>
internal sealed class FileFetch(
    IReadOnlyList<Uri> mirrors, MirrorTransfer transfer, DownloadPatience patience, DownloadTime time)
{
    // Of a file. An attempt that brings it this much further was not in vain, however it ended: there are at most as many of these.
    private const int Shares = 16;

    private readonly Dictionary<Uri, MirrorException> _failures = [];
    private readonly Dictionary<Uri, long> _restBegun = [];

    /// <summary>What became of the attempts at each mirror: its name and its last failure.</summary>
    public IEnumerable<string> Tried => mirrors.Select(mirror =>
        $"{mirror.Authority}: {_failures.GetValueOrDefault(mirror)?.Message ?? "does not answer in time"}");

    /// <summary>The last failure of the first mirror that has one.</summary>
    public Exception? Failure => _failures.Values.FirstOrDefault();

    /// <summary>Fetches <paramref name="file"/>.</summary>
    /// <returns>Whether it is there now.</returns>
    /// <exception cref="IOException">The disk does not take the bytes.</exception>
    /// <exception cref="OperationCanceledException">The time is over.</exception>
    public async Task<bool> RunAsync(FashionMnistFile file, string target)
    {
        long furthest = PartFile.Length(PartFile.Of(target));
        for (int round = 0; round < (transfer.Answered ? patience.Rounds : patience.RoundsUnanswered); round++)
        {
            if (round > 0 && !await PauseAsync(patience.Before(round)))
            {
                return false;
            }
            foreach (Uri mirror in mirrors.Where(mirror => Rest(mirror) == TimeSpan.Zero))
            {
                if (await TryAsync(mirror, file, target))
                {
                    return true;
                }
            }
            long length = PartFile.Length(PartFile.Of(target));
            if (length >= furthest + Math.Max(1, file.GzipLength / Shares))
            {
                furthest = length;
                round = 0;
            }
        }
        return false;
    }

    /// <summary>Waits before the next round, as long as the mirror that asks for the shortest rest wants it.</summary>
    /// <returns>Whether there is anybody to ask then, and time.</returns>
    private async Task<bool> PauseAsync(TimeSpan least)
    {
        TimeSpan[] rests = [.. mirrors.Select(Rest).Where(rest => rest != Timeout.InfiniteTimeSpan)];
        if (rests.Length == 0)
        {
            return false;
        }
        TimeSpan pause = rests.Min() > least ? rests.Min() : least;
        if (!time.HasRoomFor(pause))
        {
            return false;
        }
        await patience.Pause(pause, time.Token);
        return true;
    }

    /// <summary>How long a mirror is still to be left alone: not at all, for good, or as long as it asked for.</summary>
    private TimeSpan Rest(Uri mirror)
    {
        if (!_failures.TryGetValue(mirror, out MirrorException? failure))
        {
            return TimeSpan.Zero;
        }
        if (failure.Final)
        {
            return Timeout.InfiniteTimeSpan;
        }
        TimeSpan left = failure.Rest - patience.Clock.GetElapsedTime(_restBegun[mirror]);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>Lets one mirror complete the part file, and gives it its final name when its bytes are the right ones.</summary>
    private async Task<bool> TryAsync(Uri mirror, FashionMnistFile file, string target)
    {
        string part = PartFile.Of(target);
        PartFile.RemoveIfUseless(part, file.GzipLength);
        try
        {
            bool allFromHere = false;
            // A process that was ended before it could give the name leaves a part file as long as the whole.
            if (PartFile.Length(part) < file.GzipLength)
            {
                allFromHere = await transfer.RunAsync(new Uri(mirror, file.GzipName), file, part, time.Token);
            }
            if (PartFile.Sha256(part) != file.GzipSha256)
            {
                // Thrown away, or it would be gone on from for ever.
                File.Delete(part);
                throw new MirrorException("sent other bytes than the published ones", final: allFromHere);
            }
            File.Move(part, target, overwrite: true);
            return true;
        }
        catch (MirrorException failure)
        {
            _failures[mirror] = failure;
            _restBegun[mirror] = patience.Clock.GetTimestamp();
            return false;
        }
    }
}
