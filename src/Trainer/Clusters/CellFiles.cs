using Trainer.Results;
using Trainer.Sessions;

namespace Trainer.Clusters;

/// <summary>What the files of a cell say of it.</summary>
/// <param name="IsDone">Whether its run is complete.</param>
/// <param name="Status">What its run says of itself; null where it has not begun.</param>
/// <param name="Mark">What its last task has left; null where that is nothing, or the cell is done.</param>
/// <param name="Lease">Who has written into its run; null where nobody has, or the cell is done.</param>
internal sealed record CellFiles(bool IsDone, RunStatus? Status, TaskMark? Mark, LeaseHolder? Lease)
{
    /// <summary>Reads them.</summary>
    /// <param name="folder">The sweep.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="cell">The cell.</param>
    public static CellFiles Read(ClusterFolder folder, ClusterPlan plan, PlannedCell cell)
    {
        RunFolder run = cell.FolderBelow(plan.Results);
        var status = RunStatus.TryRead(run);
        return IsComplete(run, plan, cell)
            ? new CellFiles(true, status, null, null)
            : new CellFiles(false, status, ClusterFolder.TryRead<TaskMark>(folder.Mark(cell.Cell)), File.Exists(run.Lease) ? RunLease.HolderOf(run) : null);
    }

    /// <summary>Whether the run has come to its end, on these images and with all that was asked for. That its rows and weights are those that its
    /// summary speaks of, 'collect' looks at.</summary>
    private static bool IsComplete(RunFolder run, ClusterPlan plan, PlannedCell cell)
    {
        string data = plan.DataOf(cell).Hash;
        return RunSummary.TryRead(run) is { } summary && summary.DataHash == data && summary.ConfigHash == cell.Hash && summary.Seed == cell.Seed
            && (!cell.RecordsMore || PreparedRun.FindComplete(run, cell.Read(), data) is not null);
    }
}
