namespace Trainer.Data;

/// <summary>How long a download waits, and how often it tries.</summary>
/// <remarks>The defaults suit a program that has something else to offer: a machine without network knows after
/// <see cref="Reach"/> at the latest. Somebody who asked for the download may well be given more.</remarks>
internal sealed record DownloadPatience
{
    /// <summary>The longest wait for the head of an answer, connection and handshake included.</summary>
    public TimeSpan Answer { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>The longest wait for the next bytes of an answer.</summary>
    public TimeSpan Stall { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest time until any mirror begins to send a file, over all attempts together: room for
    /// one <see cref="Answer"/> of each of two mirrors.</summary>
    public TimeSpan Reach { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>The pause before the second round of attempts; it doubles before each further one.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>How many times each mirror is asked for a file.</summary>
    public int Rounds { get; init; } = 4;

    /// <summary>The same while none of them has answered anything at all: without network there is no use in more.</summary>
    public int RoundsUnanswered { get; init; } = 2;
}
