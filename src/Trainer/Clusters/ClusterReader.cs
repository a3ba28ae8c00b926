using Trainer.Failures;
using Trainer.Sweeps;
using Trainer.Yaml;

namespace Trainer.Clusters;

/// <summary>Reads the key <c>cluster</c> of a sweep file.</summary>
internal static class ClusterReader
{
    /// <summary>The key.</summary>
    public const string Key = "cluster";

    private const string Example = "cluster: {partition: short, time: 30, memory: 4G}";
    private const string KubernetesExample = "kubernetes: {image: mcr.microsoft.com/dotnet/aspnet:10.0, claim: course}";
    private const string ListExample = "sbatch_args: [--qos=long]";

    /// <summary>The keys in it.</summary>
    public static IReadOnlyList<string> Keys { get; } =
        [.. ClusterKeys.Shared.Select(key => key.Name), ClusterKeys.SbatchArguments, ClusterKey.Kubernetes];

    /// <summary>The settings that <paramref name="entry"/> describes.</summary>
    /// <exception cref="ConfigException">They cannot be followed.</exception>
    public static ClusterSettings Read(MappingEntry entry)
    {
        MappingNode mapping = NodeReader.Mapping(entry, Key, Example);
        NodeReader.CheckKeys(mapping, Key, Keys);
        ClusterSettings settings = Read(mapping, Key, ClusterKeys.Shared, new ClusterSettings());
        if (mapping.Find(ClusterKeys.SbatchArguments) is { } arguments)
        {
            settings = settings with { SbatchArguments = ReadList(arguments) };
        }
        if (mapping.Find(ClusterKey.Kubernetes) is { } kubernetes)
        {
            const string path = $"{Key}.{ClusterKey.Kubernetes}";
            MappingNode inner = NodeReader.Mapping(kubernetes, path, KubernetesExample);
            NodeReader.CheckKeys(inner, path, [.. ClusterKeys.OfKubernetes.Select(key => key.Name)]);
            settings = Read(inner, path, ClusterKeys.OfKubernetes, settings);
        }
        return settings;
    }

    private static ClusterSettings Read(MappingNode mapping, string parent, IReadOnlyList<ClusterKey> keys, ClusterSettings settings)
    {
        foreach (MappingEntry entry in mapping.Entries)
        {
            string path = MappingNode.PathOf(parent, entry.Key);
            settings = Checked(entry.Place, path, () => keys.FirstOrDefault(key => key.Name == entry.Key) switch
            {
                TextKey key => key.With(settings, Written(entry.Value, entry.Place, path)),
                CountKey key => key.With(settings, NodeReader.Whole(entry.Value, entry.Place, path, key.Least, key.Most)),
                _ => settings,
            });
        }
        return settings;
    }

    private static IReadOnlyList<string> ReadList(MappingEntry entry)
    {
        const string path = $"{Key}.{ClusterKeys.SbatchArguments}";
        return [.. NodeReader.Items(entry, path, ListExample).Select((item, index) =>
        {
            string place = FormattableString.Invariant($"{path}[{index}]");
            return Checked(item.Place, place, () => SbatchArgument.Checked(Written(item, item.Place, place)));
        })];
    }

    /// <summary>Text as it is written: an account may be a number and begin with 0, and 1:30:00 is no number of ours.</summary>
    private static string Written(ConfigNode node, Place place, string path) => node is ScalarNode { IsNull: false } scalar
        ? scalar.Text
        : throw place.Problem(path, $"expected text, found {(node.IsNull ? "nothing" : node.Described)}");

    private static T Checked<T>(Place place, string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (ArgumentException failure)
        {
            throw place.Problem(path, failure.Message, failure);
        }
    }
}
