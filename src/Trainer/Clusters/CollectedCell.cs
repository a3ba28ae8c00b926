using Trainer.Results;
using Trainer.Sweeps;

namespace Trainer.Clusters;

/// <summary>A cell of a submitted sweep with what its run has recorded.</summary>
/// <param name="Cell">Which.</param>
/// <param name="Hash">Hash of the configuration without the seed.</param>
/// <param name="DataSet">The name of its data set.</param>
/// <param name="Folder">Where it is recorded.</param>
/// <param name="Result">What is known of it.</param>
internal sealed record CollectedCell(SweepCell Cell, string Hash, string DataSet, RunFolder Folder, CellResult Result) : ICellRecord
{
    /// <inheritdoc/>
    public bool IsSkipped => true;

    /// <inheritdoc/>
    public int Epoch => Result.Last?.Epoch ?? 0;

    /// <inheritdoc/>
    public MetricsRow? Latest => null;

    /// <inheritdoc/>
    public TimeSpan Took => TimeSpan.Zero;

    /// <summary>Reads what is recorded of a planned cell.</summary>
    /// <param name="plan">The sweep.</param>
    /// <param name="planned">The cell.</param>
    /// <param name="mark">What its last task has left; null where that is nothing.</param>
    /// <exception cref="Failures.TrainerException">The plan cannot be read.</exception>
    public static CollectedCell Read(ClusterPlan plan, PlannedCell planned, TaskMark? mark)
    {
        SweepCell cell = planned.ToCell();
        RunFolder folder = planned.FolderBelow(plan.Results);
        var result = CellResult.Read(folder, cell.Experiment, plan.DataOf(planned).Hash);
        return new CollectedCell(
            cell, planned.Hash, planned.DataSet, folder,
            result.State == CellState.Waiting && mark is { IsStopped: false } ? new CellResult(CellState.Failed, Message: mark.Message) : result);
    }
}
