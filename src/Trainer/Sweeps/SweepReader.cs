using System.Globalization;
using Trainer.Clusters;
using Trainer.Failures;
using Trainer.Runs;
using Trainer.Yaml;

namespace Trainer.Sweeps;

/// <summary>
/// Reads sweep files as strictly as <see cref="ConfigReader"/> reads configurations. What a setting may be, the binding of the
/// cells' configurations finds out: they carry the places of this file.
/// </summary>
internal sealed class SweepReader
{
    private const string Name = "name";
    private const string Base = "base";
    private const string Configs = "configs";
    private const string Set = "set";
    private const string Grid = "grid";
    private const string Zip = "zip";
    private const string Random = "random";
    private const string Seeds = "seeds";
    private const string HalvingKey = "halving";
    private const string GridExample = "grid: {optimizer.lr: [0.01, 0.1]}";
    private const string ZipExample = "zip: {batch_size: [32, 64], optimizer.lr: [0.05, 0.1]}";
    private const string HalvingExample = "halving: {rungs: [1, 3, 9]}";

    // Each rung has all cells again.
    private const int MostRungs = 16;
    private const int MostConfigs = 100;
    private const int LongestPath = 1024;

    /// <summary>The keys of a sweep file, in the order in which they are best written.</summary>
    public static IReadOnlyList<string> Keys { get; } = [Name, Base, Configs, Set, Grid, Zip, Random, Seeds, HalvingKey, ClusterReader.Key];

    // What a sweep decides by other keys, and how.
    private static readonly Dictionary<string, string> Reserved = new(StringComparer.Ordinal)
    {
        ["seed"] = "the seeds of a sweep are given by 'seeds', e.g. 'seeds: 1-5'",
        ["name"] = "a cell has the name of its configuration",
    };

    private readonly string _path;
    private readonly MappingNode _tree;

    private SweepReader(string path, MappingNode tree)
    {
        _path = path;
        _tree = tree;
    }

    /// <summary>The sweep in a file.</summary>
    /// <exception cref="ConfigException">It cannot be followed.</exception>
    public static SweepFile Read(string path) => new SweepReader(path, YamlTree.Parse(YamlText.ReadFile(path), path)).File();

    /// <summary>Whether a file that is no configuration is a sweep.</summary>
    public static bool IsSweep(string path)
    {
        try
        {
            return IsSweep(YamlTree.Parse(YamlText.ReadFile(path), path));
        }
        catch (ConfigException)
        {
            return false;
        }
    }

    private static bool IsSweep(MappingNode tree) => (tree.Find(Base) ?? tree.Find(Configs)) is not null;

    private SweepFile File()
    {
        if (!IsSweep(_tree) && _tree.Find("model") is { } network)
        {
            throw network.Place.Problem("", "this is a configuration; 'trainer run' takes it");
        }
        NodeReader.CheckKeys(_tree, "", Keys);
        var file = new SweepFile
        {
            Path = _path,
            Name = ReadName(),
            Configs = ReadConfigs(),
            Set = ReadSet(),
            Grid = Axes(Grid, GridExample),
            Zip = Axes(Zip, ZipExample),
            Random = _tree.Find(Random) is { } random ? RandomReader.Read(random, CheckKey) : null,
            Seeds = ReadSeeds(),
            Halving = ReadHalving(),
            Cluster = _tree.Find(ClusterReader.Key) is { } cluster ? ClusterReader.Read(cluster) : new ClusterSettings(),
        };
        CheckZip(file.Zip);
        CheckRepeated(file);
        return file;
    }

    private string ReadName()
    {
        MappingEntry entry = _tree.Find(Name) ?? throw _tree.Place.Problem(
            Name, $"missing; add e.g. '{Name}: {System.IO.Path.GetFileNameWithoutExtension(_path)}'");
        string name = NodeReader.Text(entry.Value, entry.Place, Name);
        try
        {
            return Experiment.CheckName(name);
        }
        catch (ArgumentException failure)
        {
            throw entry.Place.Problem(Name, failure.Message, failure);
        }
    }

    private IReadOnlyList<BaseConfig> ReadConfigs()
    {
        (MappingEntry? only, MappingEntry? several) = (_tree.Find(Base), _tree.Find(Configs));
        if (only is not null && several is not null)
        {
            throw several.Place.Problem(Configs, $"and '{Base}' are the same key for several and for one configuration; keep one of them");
        }
        if (only is not null)
        {
            return [Config(only.Value, only.Place, Base)];
        }
        return several is not null
            ? ReadSeveral(several)
            : throw _tree.Place.Problem(Base, $"missing; add e.g. '{Base}: ../relu.yaml', or '{Configs}: [...]' for several");
    }

    /// <summary>Each once, and not too many: all are kept in memory, and each may be as large as a configuration can be.</summary>
    private List<BaseConfig> ReadSeveral(MappingEntry entry)
    {
        IReadOnlyList<ConfigNode> items = NodeReader.Items(entry, Configs, "configs: [../relu.yaml, ../momentum.yaml]");
        if (items.Count > MostConfigs)
        {
            throw entry.Place.Problem(Configs, $"{items.Count} configurations; at most {MostConfigs}");
        }
        var configs = new List<BaseConfig>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (ConfigNode item in items)
        {
            string path = string.Create(CultureInfo.InvariantCulture, $"{Configs}[{configs.Count}]");
            configs.Add(Config(item, item.Place, path));
            if (!seen.Add(configs[^1].Path))
            {
                throw item.Place.Problem(path, $"{configs[^1].Path} is repeated; keep one");
            }
        }
        return configs;
    }

    private BaseConfig Config(ConfigNode node, Place place, string path)
    {
        string written = NodeReader.Text(node, place, path);
        if (written.Length > LongestPath)
        {
            throw place.Problem(path, $"'{Excerpt.Of(written)}' has {written.Length} characters, too many for the path of a file");
        }
        string folder = Path.GetDirectoryName(_path) ?? "";
        string file = Shortened(Path.Combine(folder, written));
        try
        {
            return new BaseConfig(file, YamlText.ReadFile(file));
        }
        catch (ConfigException failure)
        {
            throw place.Problem(path, failure.Message, failure);
        }
    }

    /// <summary>"configs/relu.yaml" for "configs/sweeps/../relu.yaml".</summary>
    private static string Shortened(string path)
    {
        if (Path.IsPathFullyQualified(path))
        {
            return Path.GetFullPath(path);
        }
        return Path.GetRelativePath(".", path).Replace('\\', '/');
    }

    private IReadOnlyList<Setting> ReadSet()
    {
        if (_tree.Find(Set) is not { } entry)
        {
            return [];
        }
        return [.. NodeReader.Mapping(entry, Set, "set: {epochs: 5}").Entries.Select(setting =>
        {
            CheckKey(setting, Set);
            return new Setting(setting.Place, setting.Key, NodeReader.Value(setting.Value, setting.Place, Of(Set, setting.Key)));
        })];
    }

    private IReadOnlyList<SweepAxis> Axes(string name, string example)
    {
        if (_tree.Find(name) is not { } entry)
        {
            return [];
        }
        return [.. NodeReader.Mapping(entry, name, example).Entries.Select(axis =>
        {
            CheckKey(axis, name);
            string path = Of(name, axis.Key);
            IReadOnlyList<ConfigNode> values = NodeReader.Items(axis, path, example);
            return new SweepAxis(axis.Place, axis.Key, [.. values.Select(value => NodeReader.Value(value, value.Place, path))]);
        })];
    }

    private static void CheckKey(MappingEntry entry, string name)
    {
        if (!Override.IsPath(entry.Key))
        {
            throw entry.Place.Problem(name, $"'{Excerpt.Of(entry.Key)}' is no path of keys; write e.g. optimizer.lr, without spaces");
        }
        if (Reserved.TryGetValue(entry.Key, out string? problem))
        {
            throw entry.Place.Problem(Of(name, entry.Key), problem);
        }
    }

    private static void CheckZip(IReadOnlyList<SweepAxis> zip)
    {
        if (zip.FirstOrDefault(axis => axis.Values.Count != zip[0].Values.Count) is { } other)
        {
            throw other.Place.Problem(Of(Zip, other.Key), FormattableString.Invariant(
                $"{other.Values.Count} values, but {zip[0].Key} has {zip[0].Values.Count}; the values of a zip belong together one by one"));
        }
    }

    private IReadOnlyList<ulong>? ReadSeeds()
    {
        if (_tree.Find(Seeds) is not { } entry)
        {
            return null;
        }
        string text = entry.Value is ScalarNode { IsNull: false } scalar
            ? scalar.Text
            : string.Join(',', NodeReader.Items(entry, Seeds, "seeds: 1-5").Select(item => item is ScalarNode seed
                ? seed.Text
                : throw item.Place.Problem(Seeds, $"expected a seed, found {item.Described}")));
        IReadOnlyList<ulong> seeds = SeedList.Read(text, out string problem);
        return problem.Length == 0 ? seeds : throw entry.Place.Problem(Seeds, problem);
    }

    private Halving? ReadHalving()
    {
        if (_tree.Find(HalvingKey) is not { } entry)
        {
            return null;
        }
        MappingNode mapping = NodeReader.Mapping(entry, HalvingKey, HalvingExample);
        const string key = "rungs", path = $"{HalvingKey}.{key}";
        NodeReader.CheckKeys(mapping, HalvingKey, [key]);
        MappingEntry rungs = mapping.Find(key)!;
        IReadOnlyList<ConfigNode> items = NodeReader.Items(rungs, path, HalvingExample);
        if (items.Count > MostRungs)
        {
            throw rungs.Place.Problem(path, $"{items.Count} rungs; at most {MostRungs}, with which the last has 32,768 times the epochs of the first");
        }
        int[] epochs = [.. items.Select(item => NodeReader.Whole(item, item.Place, path, 1))];
        for (int rung = 1; rung < epochs.Length; rung++)
        {
            if (epochs[rung] <= epochs[rung - 1])
            {
                throw rungs.Place.Problem(path, $"each rung has more epochs than the one before; {epochs[rung]} follows {epochs[rung - 1]}");
            }
        }
        return new Halving(rungs.Place, epochs);
    }

    /// <summary>A key that is given twice: one of the two would do nothing.</summary>
    private static void CheckRepeated(SweepFile file)
    {
        (Place Place, string Key, string Name)[] varied =
        [
            .. file.Grid.Select(axis => (axis.Place, axis.Key, Grid)),
            .. file.Zip.Select(axis => (axis.Place, axis.Key, Zip)),
            .. file.Random?.Keys.Select(key => (key.Place, key.Key, Random)) ?? [],
            .. file.Halving is { } halving ? [(halving.Place, "epochs", "halving.rungs")] : Array.Empty<(Place, string, string)>(),
        ];
        for (int k = 0; k < varied.Length; k++)
        {
            if (varied[..k].FirstOrDefault(earlier => earlier.Key == varied[k].Key) is { Key: not null } first)
            {
                throw varied[k].Place.Problem(varied[k].Key, $"is given by {first.Name} and by {varied[k].Name}; keep one");
            }
            if (varied[..k].FirstOrDefault(earlier => Covers(varied[k].Key, earlier.Key)) is { Key: not null } under)
            {
                throw varied[k].Place.Problem(Of(varied[k].Name, varied[k].Key), $"overwrites {under.Key} of {under.Name}, which stands before it; write {under.Key} after {varied[k].Key}");
            }
        }
        foreach (Setting setting in file.Set)
        {
            if (varied.FirstOrDefault(axis => Covers(axis.Key, setting.Key)) is { Key: not null } over)
            {
                throw setting.Place.Problem(Of(Set, setting.Key), $"does nothing: {over.Name} gives {over.Key} to every cell; keep one");
            }
        }
    }

    /// <summary>Whether giving <paramref name="key"/> a value makes one of <paramref name="other"/> void.</summary>
    public static bool Covers(string key, string other) =>
        other == key || other.StartsWith(key + ".", StringComparison.Ordinal);

    /// <summary>"grid: optimizer.lr".</summary>
    private static string Of(string name, string key) => $"{name}: {Excerpt.Of(key)}";
}
