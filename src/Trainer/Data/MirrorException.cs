namespace Trainer.Data;

/// <summary>One mirror did not deliver; others, or the same one later, may. Never leaves <see cref="Downloader"/>.</summary>
/// <param name="reason">In words that complete "HOST: …".</param>
/// <param name="final">Whether asking this mirror again would be in vain.</param>
/// <param name="inner">What lies behind it.</param>
internal sealed class MirrorException(string reason, bool final, Exception? inner = null) : Exception(reason, inner)
{
    /// <summary>Whether asking this mirror again would be in vain.</summary>
    public bool Final { get; } = final;

    /// <summary>How long it asks to be left alone.</summary>
    public TimeSpan Rest { get; init; }
}
