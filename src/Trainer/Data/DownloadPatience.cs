namespace Trainer.Data;

/// <summary>How long a download waits, and how often it tries.</summary>
/// <remarks>The defaults suit a program that has something else to offer: a machine without network knows after
/// <see cref="Reach"/> at the latest. Somebody who asked for the download is given <see cref="Longer"/>. Whatever the
/// mirrors do, it ends within <see cref="Whole"/>, the wait for another process's download included.</remarks>
internal sealed record DownloadPatience
{
    /// <summary>The longest wait for the head of an answer: connection, handshake and redirections included.</summary>
    public TimeSpan Answer { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>The longest wait for the next <see cref="LeastBytes"/> of an answer, or for its end.</summary>
    public TimeSpan Stall { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What has to arrive within <see cref="Stall"/>: a mirror that sends a byte a second stalls, too.</summary>
    public int LeastBytes { get; init; } = 1 << 15;

    /// <summary>The longest time until any mirror begins to send a file, over all attempts together: room for
    /// one <see cref="Answer"/> of each of two mirrors.</summary>
    public TimeSpan Reach { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>The longest time for all files together: 17 kB a second for 30 MB. What has arrived by then is kept.</summary>
    public TimeSpan Whole { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>The pause before the second round of attempts; it doubles before each further one.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>The longest pause that a mirror may ask for (Retry-After); one that asks for more is not asked again.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>How many times in turn each mirror is asked for a file and brings it no further.</summary>
    public int Rounds { get; init; } = 4;

    /// <summary>The same while none of them has answered anything at all: without network there is no use in more.</summary>
    public int RoundsUnanswered { get; init; } = 2;

    /// <summary>What tells the time: only how much of it has passed, so that setting the clock changes nothing.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Waits; a test lets the time pass at once.</summary>
    public Func<TimeSpan, CancellationToken, Task> Pause { get; init; } = Task.Delay;

    /// <summary>The same for somebody who asked for the download and has nothing else to do: 15 times as long until a
    /// mirror must have been reached, 4 times as long for the whole, pauses of up to a minute.</summary>
    public DownloadPatience Longer => this with
    {
        Reach = 15 * Reach,
        Whole = 4 * Whole,
        LongestPause = 15 * LongestPause,
        Rounds = Rounds + 2,
    };

    /// <summary>The pause before round <paramref name="round"/>, counted from 0.</summary>
    public TimeSpan Before(int round) => round == 0 ? TimeSpan.Zero : FirstPause * (1 << Math.Min(round - 1, 16));

    /// <summary>The longest time in which a download that is not stuck may bring no byte: every round in vain.</summary>
    /// <param name="mirrors">How many there are.</param>
    public TimeSpan LongestSilence(int mirrors) =>
        (Rounds * mirrors * (Answer + Stall)) + (Rounds * (LongestPause > Before(Rounds) ? LongestPause : Before(Rounds)));
}
