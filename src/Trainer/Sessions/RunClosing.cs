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
    /// <param name="run">The run.</param>
    /// <param name="summary">Its summary.</param>
    public static void Finish(PreparedRun run, RunSummary summary)
    {
        try
        {
            if (IsClosed(run.Folder))
            {
                return;
            }
            using RunLock? alone = RunLock.TryTake(run.Folder);
            if (alone is not null)
            {
                Close(run.Folder, run.Experiment, run.Data.Name, summary);
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
