namespace Trainer.Clusters;

/// <summary>How a cell of a submitted sweep stands: what its files say first, then the scheduler, then how long both have been silent.</summary>
internal enum CellStanding
{
    /// <summary>Its run is complete.</summary>
    Done,

    /// <summary>A task is at work on it.</summary>
    AtWork,

    /// <summary>Its task waits in the queue.</summary>
    Queued,

    /// <summary>The scheduler holds its task back until somebody releases it.</summary>
    Held,

    /// <summary>The loss became infinite or not a number.</summary>
    Diverged,

    /// <summary>Something else went wrong.</summary>
    Failed,

    /// <summary>Kept at a checkpoint, and no task is there to go on.</summary>
    Stopped,

    /// <summary>Its submission was cancelled.</summary>
    Cancelled,

    /// <summary>The scheduler has no task for it, and it was heard of a moment ago: somebody is about to write how it ended.</summary>
    Settling,

    /// <summary>Nobody has heard of it for a while: its task was killed, or its machine has gone.</summary>
    Lost,

    /// <summary>It was in no submission yet.</summary>
    Unsubmitted,

    /// <summary>The scheduler could not be asked.</summary>
    Unknown,
}
