using System.Text.Json;
using System.Text.Json.Serialization;
using Trainer.Data;
using Trainer.Runs;

namespace Trainer.Results;

/// <summary><c>summary.json</c>: how a complete run ended. Like the metrics it repeats to the byte.</summary>
internal sealed record RunSummary
{
    /// <summary>Name of the experiment.</summary>
    public required string Name { get; init; }

    /// <summary>Hash of the resolved configuration without the seed.</summary>
    public required string ConfigHash { get; init; }

    /// <summary>The seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Name of the data set.</summary>
    public required string DataSet { get; init; }

    /// <summary>SHA-256 of the data set.</summary>
    public required string DataHash { get; init; }

    /// <summary>Layer sizes, as in "784-128-64-10".</summary>
    public required string Shape { get; init; }

    /// <summary>Number of weights and biases.</summary>
    public required int Parameters { get; init; }

    /// <summary>The last epoch.</summary>
    public required MetricsRow Last { get; init; }

    /// <summary>The best epoch by validation; null without a validation split. Never chosen by the test set.</summary>
    public required MetricsRow? BestByValidation { get; init; }

    /// <summary>How the run came to be complete before its last epoch; left out where all epochs were trained.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RunStop? Stopped { get; init; }

    /// <summary>The summary of a run whose epochs are <paramref name="rows"/>.</summary>
    public static RunSummary From(
        Experiment experiment, string configHash, DataSet data, string shape, int parameters, IReadOnlyList<MetricsRow> rows, MetricsRow? best, RunStop? stopped) => new()
        {
            Name = experiment.Name,
            ConfigHash = configHash,
            Seed = experiment.Seed,
            DataSet = data.Name,
            DataHash = data.Hash,
            Shape = shape,
            Parameters = parameters,
            Last = rows[^1],
            BestByValidation = best,
            Stopped = stopped,
        };

    /// <summary>The summary in <paramref name="folder"/>; null when there is none that can be read.</summary>
    public static RunSummary? TryRead(RunFolder folder)
    {
        try
        {
            return File.Exists(folder.Summary) ? JsonText.Parse<RunSummary>(RecordedFile.ReadText(folder.Summary, RecordedFile.LongestJson)) : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}
