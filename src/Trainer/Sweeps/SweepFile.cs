using Trainer.Clusters;

namespace Trainer.Sweeps;

/// <summary>What a sweep file says: which configurations, with which settings and seeds.</summary>
internal sealed record SweepFile
{
    /// <summary>What messages call it.</summary>
    public required string Path { get; init; }

    /// <summary>The name of the sweep and of its folder under <c>results/sweeps</c>; null for configurations that are only run side by side.</summary>
    public string? Name { get; init; }

    /// <summary>The configurations.</summary>
    public required IReadOnlyList<BaseConfig> Configs { get; init; }

    /// <summary>Settings of every cell, in order.</summary>
    public IReadOnlyList<Setting> Set { get; init; } = [];

    /// <summary>Every value of each with every value of the others.</summary>
    public IReadOnlyList<SweepAxis> Grid { get; init; } = [];

    /// <summary>The first values together, the second ones together, and so on.</summary>
    public IReadOnlyList<SweepAxis> Zip { get; init; } = [];

    /// <summary>Values by chance; null for none.</summary>
    public RandomSearch? Random { get; init; }

    /// <summary>The seeds of each; null for the one of the configuration.</summary>
    public IReadOnlyList<ulong>? Seeds { get; init; }

    /// <summary>Whether the best go on for longer; null for cells of one length.</summary>
    public Halving? Halving { get; init; }

    /// <summary>What it asks of a cluster, where it runs on one.</summary>
    public ClusterSettings Cluster { get; init; } = new();

    /// <summary>The keys that differ between cells, in order.</summary>
    public IReadOnlyList<string> VariedKeys =>
        [.. Grid.Select(axis => axis.Key), .. Zip.Select(axis => axis.Key), .. Random?.Keys.Select(key => key.Key) ?? []];

    /// <summary>Configurations that are run side by side.</summary>
    /// <param name="configs">The files.</param>
    /// <param name="seeds">The seeds of each; null for the one it names.</param>
    /// <exception cref="Failures.ConfigException">A file cannot be read.</exception>
    public static SweepFile Of(IReadOnlyList<string> configs, IReadOnlyList<ulong>? seeds) => new()
    {
        Path = configs[0],
        Configs = [.. configs.Select(path => new BaseConfig(path, Yaml.YamlText.ReadFile(path)))],
        Seeds = seeds,
    };
}
