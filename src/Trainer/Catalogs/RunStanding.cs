namespace Trainer.Catalogs;

/// <summary>How a run stands, as seen from outside: what it wrote itself, and whether its process is still there.</summary>
internal enum RunStanding
{
    /// <summary>A process is at work in it.</summary>
    AtWork,

    /// <summary>All epochs are done, or the run found its own end before.</summary>
    Completed,

    /// <summary>Stopped by the user.</summary>
    Interrupted,

    /// <summary>The loss became infinite or not a number.</summary>
    Diverged,

    /// <summary>Something else went wrong.</summary>
    Failed,

    /// <summary>Its files say "running", but no process holds it: it was killed.</summary>
    BrokenOff,
}
