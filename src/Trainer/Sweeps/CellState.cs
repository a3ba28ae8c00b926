namespace Trainer.Sweeps;

/// <summary>How far a cell is.</summary>
internal enum CellState
{
    /// <summary>To be done.</summary>
    Waiting,

    /// <summary>At work.</summary>
    Running,

    /// <summary>Another process is at work in its folder.</summary>
    Busy,

    /// <summary>Complete.</summary>
    Completed,

    /// <summary>Stopped by the user.</summary>
    Interrupted,

    /// <summary>The loss became infinite or not a number.</summary>
    Diverged,

    /// <summary>Something else went wrong.</summary>
    Failed,
}
