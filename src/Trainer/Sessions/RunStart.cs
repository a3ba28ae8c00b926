namespace Trainer.Sessions;

/// <summary>How a run begins.</summary>
/// <param name="Anew">Whether at the beginning, whatever there is to go on from.</param>
/// <param name="Refuge">Another folder whose checkpoints count, too: where a full disk sent one.</param>
internal sealed record RunStart(bool Anew = false, string? Refuge = null)
{
    /// <summary>From the last checkpoint where there is one.</summary>
    public static RunStart Usual { get; } = new();
}
