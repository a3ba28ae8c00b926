using Trainer.Results;
using Trainer.Runs;
using Trainer.Sessions;

namespace Trainer.Sweeps;

/// <summary>What is known of a cell, from its run folder: the same whether the cell has just run or was done long ago.</summary>
/// <param name="State">How far it is.</param>
/// <param name="Last">The last recorded epoch; null without one.</param>
/// <param name="Best">The best epoch by validation; null without one.</param>
/// <param name="Message">What went wrong, or why it was complete before its last epoch; null where there is nothing to say.</param>
internal sealed record CellResult(CellState State, MetricsRow? Last = null, MetricsRow? Best = null, string? Message = null)
{
    /// <summary>Nothing is known.</summary>
    public static CellResult Nothing { get; } = new(CellState.Waiting);

    /// <summary>Whether it did not come to its end by itself.</summary>
    public bool HasGivenUp => State is CellState.Failed or CellState.Diverged;

    /// <summary>Whether it is still to come to an end: to be done, at work here or in another process, or stopped by the user.</summary>
    public bool IsOpen => State is CellState.Waiting or CellState.Running or CellState.Busy or CellState.Interrupted;

    /// <summary>What <paramref name="folder"/> says of exactly this experiment on exactly these images.</summary>
    /// <param name="folder">The run folder.</param>
    /// <param name="experiment">The experiment, resolved.</param>
    /// <param name="dataHash">The hash of the images.</param>
    public static CellResult Read(RunFolder folder, Experiment experiment, string dataHash)
    {
        if (!Directory.Exists(folder.Path))
        {
            return Nothing;
        }
        if (PreparedRun.FindComplete(folder, experiment, dataHash) is { } summary)
        {
            return new CellResult(
                CellState.Completed, summary.Last, summary.BestByValidation, summary.Stopped?.Describe(experiment.Epochs));
        }
        return RunRecorder.FindGivenUp(folder, experiment, dataHash) is { } ended
            ? new CellResult(ended.Status.State == RunState.Diverged ? CellState.Diverged : CellState.Failed, ended.Last, null, ended.Status.Message)
            : Nothing;
    }
}
