namespace Trainer.Clusters.Slurm;

/// <summary>How a task stands that SLURM has in its queue.</summary>
internal enum QueueState
{
    /// <summary>It waits.</summary>
    Pending,

    /// <summary>It is at work, or its node starts.</summary>
    Running,

    /// <summary>It waits until somebody releases it.</summary>
    Held,

    /// <summary>It has ended, and its node is being cleaned (COMPLETING); a requeued task comes through here and then waits.</summary>
    Ending,

    /// <summary>Any other state: it is not over.</summary>
    Other,
}
