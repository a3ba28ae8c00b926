using Trainer.Failures;
using Trainer.Yaml;

namespace Trainer.Sweeps;

/// <summary>Reads the key <c>random</c> of a sweep file.</summary>
internal static class RandomReader
{
    private const string Random = "random";
    private const string Samples = "samples";
    private const string Seed = "seed";
    private const string Keys = "keys";
    private const string Uniform = "uniform";
    private const string LogUniform = "log_uniform";
    private const string Choice = "choice";

    // Each sample has a value of each.
    private const int MostKeys = 64;

    private const string Example = "random: {samples: 20, seed: 1, keys: {optimizer.lr: {log_uniform: [1e-4, 1]}}}";

    /// <summary>The names of the distributions.</summary>
    public static IReadOnlyList<string> Distributions { get; } = [Uniform, LogUniform, Choice];

    /// <summary>The random search that <paramref name="entry"/> describes.</summary>
    /// <param name="entry">The key with its value.</param>
    /// <param name="checkKey">Refuses what is no key of a configuration.</param>
    /// <exception cref="ConfigException">It cannot be followed.</exception>
    public static RandomSearch Read(MappingEntry entry, Action<MappingEntry, string> checkKey)
    {
        MappingNode mapping = NodeReader.Mapping(entry, Random, Example);
        NodeReader.CheckKeys(mapping, Random, [Samples, Seed, Keys]);
        MappingEntry samples = Required(mapping, entry.Place, Samples);
        MappingEntry keys = Required(mapping, entry.Place, Keys);
        MappingNode drawnKeys = NodeReader.Mapping(keys, $"{Random}.{Keys}", Example);
        if (drawnKeys.Entries.Count > MostKeys)
        {
            throw keys.Place.Problem($"{Random}.{Keys}", $"{drawnKeys.Entries.Count} keys; at most {MostKeys} are drawn");
        }
        ulong seed = mapping.Find(Seed) is { } given ? NodeReader.Seed(given.Value, given.Place, $"{Random}.{Seed}") : 1;
        return new RandomSearch(
            samples.Place,
            NodeReader.Whole(samples.Value, samples.Place, $"{Random}.{Samples}", 1, SweepPlanner.MostCells),
            seed,
            [.. drawnKeys.Entries.Select(key =>
            {
                checkKey(key, $"{Random}.{Keys}");
                var drawn = new RandomKey(key.Place, key.Key, ReadDistribution(key));
                return drawn.Problem() is { } problem ? throw key.Place.Problem(Path(key), problem) : drawn;
            })]);
    }

    private static MappingEntry Required(MappingNode mapping, Place place, string key) =>
        mapping.Find(key) ?? throw place.Problem($"{Random}.{key}", $"missing; write e.g. '{Example}'");

    private static Distribution ReadDistribution(MappingEntry key)
    {
        string path = Path(key);
        const string example = "{log_uniform: [1e-4, 1]}";
        MappingNode mapping = NodeReader.Mapping(key, path, example);
        NodeReader.CheckKeys(mapping, path, Distributions);
        if (mapping.Entries is not [var only])
        {
            throw key.Place.Problem(path, $"one distribution, not {mapping.Entries.Count}; write e.g. '{example}'");
        }
        IReadOnlyList<ConfigNode> values = NodeReader.Items(only, $"{path}.{only.Key}", example);
        if (only.Key == Choice)
        {
            return new ChoiceOfValues([.. values.Select(value => NodeReader.Value(value, value.Place, path))]);
        }
        if (values.Count != 2)
        {
            throw only.Place.Problem($"{path}.{only.Key}", $"expected two numbers, the least and the largest, found {values.Count}");
        }
        double low = NodeReader.Number(values[0], values[0].Place, path);
        double high = NodeReader.Number(values[1], values[1].Place, path);
        if (!(low < high))
        {
            throw only.Place.Problem($"{path}.{only.Key}", FormattableString.Invariant($"the first number must be below the second, and {low} is not below {high}"));
        }
        if (only.Key == LogUniform && !(low > 0))
        {
            throw only.Place.Problem($"{path}.{only.Key}", FormattableString.Invariant($"must begin above 0, not at {low}; use uniform"));
        }
        return only.Key == Uniform ? new UniformNumbers(low, high) : new LogUniformNumbers(low, high);
    }

    private static string Path(MappingEntry key) => $"{Random}.{Keys}: {Excerpt.Of(key.Key)}";
}
