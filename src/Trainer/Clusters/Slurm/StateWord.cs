namespace Trainer.Clusters.Slurm;

/// <summary>The words of squeue for states and reasons.</summary>
internal static class StateWord
{
    /// <summary>What a state means, in its long or short form; null where the task is over.</summary>
    /// <param name="word">The state.</param>
    /// <param name="reason">Why it waits.</param>
    public static QueueState? Read(string word, string reason) => word switch
    {
        "PENDING" or "PD" => IsHeld(reason) ? QueueState.Held : QueueState.Pending,
        "REQUEUED" or "RQ" or "REQUEUE_FED" or "RF" => QueueState.Pending,
        "REQUEUE_HOLD" or "RH" or "SPECIAL_EXIT" or "SE" or "RESV_DEL_HOLD" or "RD" => QueueState.Held,
        "RUNNING" or "R" or "CONFIGURING" or "CF" or "RESIZING" or "RS" or "SIGNALING" or "SI" => QueueState.Running,
        "COMPLETING" or "CG" or "STAGE_OUT" or "SO" => QueueState.Ending,
        "COMPLETED" or "CD" or "FAILED" or "F" or "CANCELLED" or "CA" or "TIMEOUT" or "TO" or "NODE_FAIL" or "NF"
            or "PREEMPTED" or "PR" or "BOOT_FAIL" or "BF" or "DEADLINE" or "DL" or "OUT_OF_MEMORY" or "OOM" or "REVOKED" or "RV" => null,
        _ => QueueState.Other,
    };

    /// <summary>
    /// Whether some of the waiting tasks of one line are held and others not: squeue puts all that wait into one line, with a list of
    /// their reasons.
    /// </summary>
    public static bool IsHeldInPart(string reason) => reason.Contains(',') && reason.Split(',').Any(IsHeld);

    // JobHeldUser, JobHeldAdmin, JobHoldMaxRequeue, "launch failed requeued held", "job requeued in held state".
    private static bool IsHeld(string reason)
    {
        string letters = new([.. reason.Where(char.IsAsciiLetter).Select(char.ToLowerInvariant)]);
        return letters.StartsWith("jobheld", StringComparison.Ordinal)
            || letters.StartsWith("jobhold", StringComparison.Ordinal)
            || letters.Contains("requeuedheld", StringComparison.Ordinal)
            || letters.Contains("requeuedinheld", StringComparison.Ordinal);
    }
}
