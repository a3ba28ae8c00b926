using Trainer.Results;

namespace Trainer.TensorBoard;

/// <summary>Where the events of a run lie: <c>tensorboard/</c> in its folder.</summary>
/// <param name="Path">The folder.</param>
internal sealed record TensorBoardFolder(string Path)
{
    /// <summary>The events. TensorBoard wants <c>tfevents</c> in the name; where others have the time and the machine behind it, this one is
    /// the same in every run.</summary>
    public string Events => System.IO.Path.Combine(Path, "events.out.tfevents.0.trainer");

    /// <summary>Whether there are events of all of <paramref name="epochs"/> epochs and the untrained network.</summary>
    public bool IsComplete(int epochs)
    {
        try
        {
            // The first one is the version of the file.
            return File.Exists(Events) && EventRecord.Count(RecordedFile.ReadBytes(Events, RecordedFile.LongestTable)) == 1 + epochs + 1;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
