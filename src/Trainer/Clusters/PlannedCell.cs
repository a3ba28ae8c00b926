using System.Text.Json.Serialization;
using Trainer.Results;
using Trainer.Runs;
using Trainer.Sweeps;
using Trainer.Yaml;

namespace Trainer.Clusters;

/// <summary>A cell as a task on another machine finds it, a line of <c>cells/*.jsonl</c>: resolved, so that nothing that is edited after
/// the submission changes it.</summary>
internal sealed record PlannedCell : IClusterRecord
{
    /// <summary>Its number, from 1.</summary>
    public required int Cell { get; init; }

    /// <summary>The number of its settings: cells of one group differ in the seed alone.</summary>
    public required int Group { get; init; }

    /// <summary>The file that its configuration was read from.</summary>
    public required string Config { get; init; }

    /// <summary>The name of its configuration.</summary>
    public required string Name { get; init; }

    /// <summary>Hash of the configuration without the seed.</summary>
    public required string Hash { get; init; }

    /// <summary>Its seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>What it has of the keys that differ between cells, in their order.</summary>
    public required IReadOnlyList<PlannedSetting> Varied { get; init; }

    /// <summary>Its run folder, seen from that of all results, with '/'.</summary>
    public required string Folder { get; init; }

    /// <summary>The name of its data set.</summary>
    public required string DataSet { get; init; }

    /// <summary>The resolved configuration, line by line.</summary>
    public required IReadOnlyList<string> Experiment { get; init; }

    bool IClusterRecord.IsSound => !Varied.Contains(null!) && !Experiment.Contains(null!) && IsFolder(Folder);

    /// <summary>Whether its run has files that may lack where the rest is complete.</summary>
    [JsonIgnore]
    public bool RecordsMore => Experiment.Contains("diagnostics: true") || Experiment.Contains("tensorboard: true");

    /// <summary>Plans a cell.</summary>
    public static PlannedCell Of(CellRun cell) => new()
    {
        Cell = cell.Cell.Number,
        Group = cell.Cell.Group,
        Config = cell.Cell.Config,
        Name = cell.Experiment.Name,
        Hash = cell.Hash,
        Seed = cell.Experiment.Seed,
        Varied = [.. cell.Cell.Varied.Select(setting => new PlannedSetting(setting.Key, setting.Text))],
        Folder = Path.GetRelativePath(cell.Results, cell.Folder.Path).Replace('\\', '/'),
        DataSet = cell.Images.Name,
        Experiment = ConfigWriter.Write(cell.Experiment).TrimEnd('\n').Split('\n'),
    };

    /// <summary>Where it is recorded.</summary>
    /// <param name="results">The folder of all results.</param>
    public RunFolder FolderBelow(string results) => new(Path.Combine([results, .. Folder.Split('/')]));

    /// <summary>"relu seed 3, optimizer.lr 0.1".</summary>
    public string Described() => string.Join(
        ", ", Varied.Select(setting => $"{setting.Key} {setting.Value}").Prepend(FormattableString.Invariant($"{Name} seed {Seed}")));

    /// <summary>Its experiment.</summary>
    /// <exception cref="Failures.ConfigException">It cannot be read: another version of the program wrote it.</exception>
    public Experiment Read() => ConfigReader.ReadText<Experiment>(
        string.Join('\n', Experiment) + "\n", FormattableString.Invariant($"cell {Cell} of the sweep"));

    /// <summary>The cell of the sweep that it was.</summary>
    public SweepCell ToCell() => new()
    {
        Number = Cell,
        Group = Group,
        Config = Config,
        Experiment = Read(),
        Varied = [.. Varied.Select(setting => new Setting(Nowhere, setting.Key, new ScalarNode(Nowhere, setting.Value, IsPlain: true)))],
    };

    /// <summary>Two names, of which none leads elsewhere.</summary>
    private static bool IsFolder(string folder) => folder.Split('/') is [var name, var run]
        && new[] { name, run }.All(part => part.Length > 0 && part[0] != '.' && part.IndexOfAny(['\\', '\0', ':']) < 0);

    private Place Nowhere => Place.Override(Config);
}
