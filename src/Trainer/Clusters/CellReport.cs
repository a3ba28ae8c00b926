using Trainer.Results;

namespace Trainer.Clusters;

/// <summary>What is known of a cell of a submitted sweep.</summary>
/// <param name="Cell">Which.</param>
/// <param name="Standing">How it stands.</param>
/// <param name="Status">What its run says of itself; null where it has not begun.</param>
internal sealed record CellReport(PlannedCell Cell, CellStanding Standing, RunStatus? Status)
{
    /// <summary>The task that is to do it, as "4711_3"; null where there is none.</summary>
    public string? Task { get; init; }

    /// <summary>What there is to say of it, in a line; null where that is nothing.</summary>
    public string? Message { get; init; }

    /// <summary>Whether its task was cancelled and is only about to leave.</summary>
    public bool IsLeaving { get; init; }

    /// <summary>Whether a task is there to bring it to its end, as far as anybody knows.</summary>
    public bool IsLive => !IsLeaving && Standing is CellStanding.AtWork or CellStanding.Queued or CellStanding.Held;

    /// <summary>Whether it came to an end by itself.</summary>
    public bool HasEnded => Standing is CellStanding.Done or CellStanding.Diverged or CellStanding.Failed;
}
