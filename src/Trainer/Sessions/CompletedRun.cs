using Trainer.Results;
using Trainer.Runs;
using Trainer.Storage;

namespace Trainer.Sessions;

/// <summary>A run that is complete, because its summary is there. Whatever wrote it may have been ended by force right behind that, and its
/// status, its checkpoints and its picture are then still to be seen to.</summary>
/// <param name="folder">Where it lies.</param>
/// <param name="experiment">What was done.</param>
/// <param name="dataSet">On which images.</param>
internal sealed class CompletedRun(RunFolder folder, Experiment experiment, string dataSet)
{
    /// <summary>Sees to them, unless somebody is at work in the folder.</summary>
    /// <param name="last">The last epoch.</param>
    /// <param name="message">How it came to be complete before the last epoch asked for; null after that one.</param>
    /// <exception cref="Failures.TrainerException">A file cannot be read or written.</exception>
    public void Settle(int last, string? message)
    {
        if (IsSettled())
        {
            return;
        }
        using RunLock? folderLock = RunLock.TryTake(folder);
        if (folderLock is null || IsSettled())
        {
            return;
        }
        var status = new RunStatus(RunState.Completed, last, experiment.Epochs, DateTimeOffset.UtcNow, message);
        AtomicFile.WriteText(folder.Status, JsonText.File(status));
        try
        {
            WriteFailure.Retry(Tidy);
        }
        catch (Exception failure) when (WriteFailure.IsOne(failure))
        {
            throw WriteFailure.Of(folder.Path, failure);
        }
        RunPictures.Draw(folder, experiment, dataSet);
    }

    private void Tidy()
    {
        foreach (CheckpointPlace place in CheckpointPlace.All(folder.Checkpoints))
        {
            place.Delete();
        }
        AtomicFile.DiscardBegun(folder.Path);
    }

    // The curves come last, when the run ends as well as here.
    private bool IsSettled() =>
        File.Exists(folder.Curves) && RunStatus.TryRead(folder) is { State: RunState.Completed } && CheckpointPlace.All(folder.Checkpoints).Count == 0;
}
