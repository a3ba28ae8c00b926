using System.Text.Json;
using System.Text.Json.Serialization;

namespace Trainer.Results;

/// <summary><c>manifest.json</c>: what else a reader needs to trust a run or repeat it. None of it changes a number.</summary>
internal sealed record Manifest
{
    /// <summary>Version of this file's layout.</summary>
    public int Format { get; init; } = 1;

    /// <summary>What computed: versions and commit.</summary>
    public required Software Software { get; init; }

    /// <summary>What it computed on.</summary>
    public required Hardware Hardware { get; init; }

    /// <summary>The engine, as it describes itself.</summary>
    public required string Engine { get; init; }

    /// <summary>The device, as <c>--device</c> takes it: <c>cpu</c>, <c>cuda:0</c>; null in files of earlier versions.</summary>
    public string? Device { get; init; }

    /// <summary>Why this device, and the driver of a GPU.</summary>
    public required string DeviceReason { get; init; }

    /// <summary>Name of the data set.</summary>
    public required string DataSet { get; init; }

    /// <summary>SHA-256 of the data set.</summary>
    public required string DataHash { get; init; }

    /// <summary>Where its files came from.</summary>
    public required string DataOrigin { get; init; }

    /// <summary>The command line.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>Seconds from the start of the process to the end of its first training step, to 10 ms on Linux; null in a sweep, before
    /// the run has ended, and where no step was made.</summary>
    public double? FirstStepSeconds { get; init; }

    /// <summary>How it went on after it was stopped or ended by something; left out where it went through.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Continuation>? Continued { get; init; }

    /// <summary>When the run began, UTC.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>When it ended, UTC; null while it runs.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>How long it took, without the time between a stop and going on; null while it runs.</summary>
    public double? Seconds { get; init; }

    /// <summary>The manifest in <paramref name="folder"/>; null where there is none of ours.</summary>
    public static Manifest? TryRead(RunFolder folder)
    {
        try
        {
            return JsonText.Parse<Manifest>(RecordedFile.ReadText(folder.Manifest, RecordedFile.LongestJson));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}
