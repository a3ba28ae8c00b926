using System.Text.Json;

namespace Trainer.Results;

/// <summary><c>status.json</c>: how far a run is, for whoever looks on.</summary>
/// <param name="State">How far.</param>
/// <param name="Epoch">Epochs recorded.</param>
/// <param name="Epochs">Epochs asked for.</param>
/// <param name="Updated">When this was written, UTC.</param>
/// <param name="Message">What went wrong, or why the run was complete before its last epoch, in one line; null when there is nothing to say.</param>
internal sealed record RunStatus(RunState State, int Epoch, int Epochs, DateTimeOffset Updated, string? Message)
{
    /// <summary>The status in <paramref name="folder"/>; null when there is none that can be read.</summary>
    public static RunStatus? TryRead(RunFolder folder)
    {
        try
        {
            return File.Exists(folder.Status) ? JsonText.Parse<RunStatus>(RecordedFile.ReadText(folder.Status, RecordedFile.LongestJson)) : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}
