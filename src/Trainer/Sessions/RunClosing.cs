using Trainer.Failures;
using Trainer.Results;
using Trainer.Runs;
using Trainer.Storage;

namespace Trainer.Sessions;

/// <summary>What comes behind a run's summary: its last status, its pictures, and that nothing is left of what only an unfinished run
/// needs. A process that ended in between leaves that to whoever finds the run complete.</summary>
internal static class RunClosing
{
    /// <summary>Does what is left to do, unless another process is at work there.</summary>
    /// <param name="folder">The run, which is complete.</param>
    /// <param name="experiment">What was trained.</param>
    /// <param name="dataSet">On which images.</param>
    /// <returns>Why it cannot be done; null where it is. What the run recorded is whole all the same.</returns>
    public static TrainerException? Finish(RunFolder folder, Experiment experiment, string dataSet)
    {
        try
        {
            if (!IsClosed(folder) && RunSummary.TryRead(folder) is { } summary)
            {
                using RunLock? alone = RunLock.TryTake(folder);
                if (alone is not null)
                {
                    Close(folder, experiment, dataSet, summary);
                }
            }
            return null;
        }
        catch (TrainerException failure)
        {
            return failure;
        }
        catch (Exception failure) when (WriteFailure.IsOne(failure))
        {
            return WriteFailure.Of(folder.Path, failure);
        }
    }

    private static bool IsClosed(RunFolder folder) =>
        RunStatus.TryRead(folder)?.State == RunState.Completed
        && File.Exists(folder.Curves)
        && CheckpointPlace.All(folder.Checkpoints).Count == 0
        && !AtomicFile.Begun(folder.Path).Any();

    private static void Close(RunFolder folder, Experiment experiment, string dataSet, RunSummary summary)
    {
        AtomicFile.DiscardBegun(folder.Path);
        foreach (CheckpointPlace place in CheckpointPlace.All(folder.Checkpoints))
        {
            place.Delete();
        }
        var status = new RunStatus(
            RunState.Completed, summary.Last.Epoch, experiment.Epochs, DateTimeOffset.UtcNow, summary.Stopped?.Describe(experiment.Epochs));
        AtomicFile.WriteText(folder.Status, JsonText.File(status));
        RunPictures.Draw(folder, experiment, dataSet);
    }
}
