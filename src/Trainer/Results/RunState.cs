namespace Trainer.Results;

/// <summary>How far a run has come.</summary>
internal enum RunState
{
    /// <summary>At work.</summary>
    Running,

    /// <summary>All epochs are done, or the run found its own end before.</summary>
    Completed,

    /// <summary>Stopped by the user.</summary>
    Interrupted,

    /// <summary>The loss became infinite or not a number.</summary>
    Diverged,

    /// <summary>Something else went wrong.</summary>
    Failed,
}
