using Trainer.Failures;
using Trainer.Results;
using Trainer.Terminal;
using Trainer.Yaml;

namespace Trainer.Listings;

/// <summary>Where two runs or configurations differ.</summary>
internal sealed record RunDifference
{
    /// <summary>The one, as it was asked for.</summary>
    public required string First { get; init; }

    /// <summary>The other.</summary>
    public required string Second { get; init; }

    /// <summary>The keys of the configurations that are not the same.</summary>
    public required IReadOnlyList<ConfigDifference> Config { get; init; }

    /// <summary>What else differs of two runs: data set, commit, engine, epochs; null unless both are runs.</summary>
    public required IReadOnlyList<ConfigDifference>? Recorded { get; init; }

    /// <summary>How the metrics of two runs compare; null unless both are runs.</summary>
    public required MetricsDifference? Metrics { get; init; }

    /// <summary>Compares the two.</summary>
    /// <exception cref="TrainerException">A file of a run is missing or broken; the message says which.</exception>
    public static RunDifference Of(ConfigSource first, ConfigSource second)
    {
        bool areRuns = first.Folder is not null && second.Folder is not null;
        return new RunDifference
        {
            First = first.Name,
            Second = second.Name,
            Config = ConfigLines.Differences([first.Experiment, second.Experiment]),
            Recorded = areRuns ? Differing(RecordedFacts.Of(first.Folder!), RecordedFacts.Of(second.Folder!)) : null,
            Metrics = areRuns ? MetricsDifference.Of(Rows(first.Folder!), Rows(second.Folder!)) : null,
        };
    }

    /// <summary>The same for people.</summary>
    /// <param name="rounded">Whether tables may be drawn in box characters.</param>
    public IEnumerable<string> Lines(bool rounded)
    {
        ConfigDifference[] rows = [.. Config, .. Recorded ?? []];
        if (rows.Length > 0)
        {
            foreach (string line in TextTable.Lines([["", First, Second]], [.. rows.Select(Cells)], rounded))
            {
                yield return line;
            }
        }
        if (Config.Count == 0)
        {
            yield return "the configurations are the same in every key";
        }
        if (Metrics is { } metrics)
        {
            yield return metrics.Sentence;
        }
    }

    private static string[] Cells(ConfigDifference row) => [row.Key, row.Values[0] ?? "-", row.Values[1] ?? "-"];

    private static IReadOnlyList<ConfigDifference> Differing(IReadOnlyList<(string Name, string? Value)> first, IReadOnlyList<(string Name, string? Value)> second) =>
        [.. first.Zip(second).Where(pair => pair.First.Value != pair.Second.Value)
            .Select(pair => new ConfigDifference(pair.First.Name, [pair.First.Value, pair.Second.Value]))];

    private static IReadOnlyList<MetricsRow> Rows(RunFolder folder) => File.Exists(folder.Metrics) ? CsvFile.Read<MetricsRow>(folder.Metrics) : [];
}
