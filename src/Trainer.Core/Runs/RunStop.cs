namespace Trainer.Runs;

/// <summary>How a run came to be complete before its last epoch.</summary>
/// <param name="Cause">Why, in a word.</param>
/// <param name="Epoch">The last epoch that was trained.</param>
/// <param name="Reason">Why, in a sentence.</param>
public sealed record RunStop(StopCause Cause, int Epoch, string Reason)
{
    /// <summary>"stopped early after epoch 12 of 50: val_loss has not …".</summary>
    /// <param name="epochs">All epochs.</param>
    public string Describe(int epochs) =>
        $"{(Cause == StopCause.EarlyStopping ? "stopped early" : "converged")} after epoch {Epoch} of {epochs}: {Reason}";
}
