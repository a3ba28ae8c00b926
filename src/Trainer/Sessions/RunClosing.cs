using Trainer.Failures;
using Trainer.Results;
using Trainer.Runs;
using Trainer.Storage;

namespace Trainer.Sessions;

/// <summary>What comes behind a run's summary: its last status, its pictures, and that nothing is left of what only an unfinished run
/// needs. A process that ended in between leaves that to whoever finds the run complete.</summary>
internal static class RunClosing
{
    /// <summary>Does what is left to do; nothing where that is nothing, another process is at work there, or it cannot be done: what the run
    /// recorded is whole.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="experiment">What was done.</param>
    /// <param name="dataSet">On which images.</param>
    /// <param name="epoch">The last epoch.</param>
    /// <param name="message">Why it was complete before all epochs were trained; null after them.</param>
    public static void Finish(RunFolder folder, Experiment experiment, string dataSet, int epoch, string? message)
    {
        try
        {
            if (IsClosed(folder))
            {
                return;
            }
            using RunLock? alone = RunLock.TryTake(folder);
            if (alone is not null)
            {
                Close(folder, experiment, dataSet, new RunStatus(RunState.Completed, epoch, experiment.Epochs, DateTimeOffset.UtcNow, message));
            }
        }
        catch (Exception failure) when (failure is TrainerException || WriteFailure.IsOne(failure))
        {
            // Perhaps the next time.
        }
    }

    private static bool IsClosed(RunFolder folder) =>
        RunStatus.TryRead(folder)?.State == RunState.Completed
        && File.Exists(folder.Curves)
        && CheckpointPlace.All(folder.Checkpoints).Count == 0
        && !AtomicFile.Begun(folder.Path).Any();

    private static void Close(RunFolder folder, Experiment experiment, string dataSet, RunStatus status)
    {
        AtomicFile.DiscardBegun(folder.Path);
        foreach (CheckpointPlace place in CheckpointPlace.All(folder.Checkpoints))
        {
            place.Delete();
        }
        AtomicFile.WriteText(folder.Status, JsonText.File(status));
        RunPictures.Draw(folder, experiment, dataSet);
    }
}
