using System.Globalization;

namespace Trainer.Data;

/// <summary>The time that a download has left: until a mirror begins to send, and for the whole.</summary>
internal sealed class DownloadTime : IDisposable
{
    private readonly DownloadPatience _patience;
    private readonly long _begin;
    private readonly CancellationTokenSource _reach;
    private readonly CancellationTokenSource _whole;
    private readonly CancellationTokenSource _linked;
    private long? _reaching;

    /// <summary>Starts the whole's time; that to reach a mirror has <see cref="StartReaching"/>.</summary>
    public DownloadTime(DownloadPatience patience, CancellationToken cancellation)
    {
        _patience = patience;
        _begin = patience.Clock.GetTimestamp();
        _reach = new CancellationTokenSource(Timeout.InfiniteTimeSpan, patience.Clock);
        _whole = new CancellationTokenSource(patience.Whole, patience.Clock);
        _linked = CancellationTokenSource.CreateLinkedTokenSource(_reach.Token, _whole.Token, cancellation);
    }

    /// <summary>Cancelled when either time is over, or the user has had enough.</summary>
    public CancellationToken Token => _linked.Token;

    /// <summary>Why it is over, in words that end a list of what was tried; empty while it is not.</summary>
    public string Verdict => _whole.IsCancellationRequested
        ? $"; not all here after {Words(_patience.Whole)}, what has arrived is kept"
        : _reach.IsCancellationRequested ? $"; given up after {Words(_patience.Reach)}" : "";

    /// <summary>From now on a mirror has to be reached.</summary>
    public void StartReaching()
    {
        _reaching = _patience.Clock.GetTimestamp();
        _reach.CancelAfter(_patience.Reach);
    }

    /// <summary>A mirror has begun to send.</summary>
    public void Reached()
    {
        _reaching = null;
        _reach.CancelAfter(Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether a pause of this length leaves time for anything behind it.</summary>
    public bool HasRoomFor(TimeSpan pause) =>
        _patience.Clock.GetElapsedTime(_begin) + pause < _patience.Whole
        && (_reaching is not { } reaching || _patience.Clock.GetElapsedTime(reaching) + pause < _patience.Reach);

    /// <inheritdoc/>
    public void Dispose()
    {
        _linked.Dispose();
        _whole.Dispose();
        _reach.Dispose();
    }

    private static string Words(TimeSpan span) => span < TimeSpan.FromMinutes(5)
        ? string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.###} s")
        : string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes:0.#} minutes");
}
