using Trainer.Failures;
using Trainer.Yaml;

namespace Trainer.Sweeps;

/// <summary>Reads values of a tree that are no configuration's, with the messages that a configuration's have.</summary>
internal static class NodeReader
{
    /// <summary>Refuses keys that are not known.</summary>
    /// <exception cref="ConfigException">There is one.</exception>
    public static void CheckKeys(MappingNode mapping, string path, IReadOnlyList<string> known)
    {
        foreach (MappingEntry entry in mapping.Entries.Where(entry => !known.Contains(entry.Key)))
        {
            throw entry.Place.Problem(MappingNode.PathOf(path, entry.Key), "unknown key" + Suggestion.Ending(entry.Key, known));
        }
    }

    /// <summary>A mapping with at least one key.</summary>
    /// <exception cref="ConfigException">It is something else.</exception>
    public static MappingNode Mapping(MappingEntry entry, string path, string example) => entry.Value switch
    {
        MappingNode { Entries.Count: > 0 } mapping => mapping,
        MappingNode or { IsNull: true } => throw entry.Place.Problem(path, $"nothing in it; write e.g. '{example}'"),
        var other => throw entry.Place.Problem(path, $"expected a mapping, found {other.Described}; write e.g. '{example}'"),
    };

    /// <summary>A list with at least one element.</summary>
    /// <exception cref="ConfigException">It is something else.</exception>
    public static IReadOnlyList<ConfigNode> Items(MappingEntry entry, string path, string example) => entry.Value switch
    {
        SequenceNode { Items.Count: > 0 } list => list.Items,
        SequenceNode => throw entry.Place.Problem(path, $"an empty list; write e.g. '{example}'"),
        { IsNull: true } => throw entry.Place.Problem(path, $"no value; write e.g. '{example}'"),
        var other => throw entry.Place.Problem(path, $"expected a list, found {other.Described}; write e.g. '{example}'"),
    };

    /// <summary>Text.</summary>
    /// <exception cref="ConfigException">It is something else.</exception>
    public static string Text(ConfigNode node, Place place, string path) => (string)Scalar(node, place, path, typeof(string));

    /// <summary>A whole number of at least <paramref name="least"/>.</summary>
    /// <exception cref="ConfigException">It is something else.</exception>
    public static int Whole(ConfigNode node, Place place, string path, int least, int most = int.MaxValue)
    {
        int value = (int)Scalar(node, place, path, typeof(int));
        return value >= least && value <= most ? value : throw place.Problem(
            path, most == int.MaxValue ? $"must be at least {least}, not {value}" : $"must be at least {least} and at most {most}, not {value}");
    }

    /// <summary>A seed.</summary>
    /// <exception cref="ConfigException">It is something else.</exception>
    public static ulong Seed(ConfigNode node, Place place, string path) => (ulong)Scalar(node, place, path, typeof(ulong));

    /// <summary>A number.</summary>
    /// <exception cref="ConfigException">It is something else.</exception>
    public static double Number(ConfigNode node, Place place, string path) => (double)Scalar(node, place, path, typeof(double));

    /// <summary>A value that a configuration could have.</summary>
    /// <exception cref="ConfigException">There is none.</exception>
    public static ConfigNode Value(ConfigNode node, Place place, string path) =>
        node is ScalarNode { IsPlain: true, Text: "" } ? throw place.Problem(path, "no value; write 'null' for none") : node;

    private static object Scalar(ConfigNode node, Place place, string path, Type type)
    {
        var shape = ValueShape.Of(type, false);
        if (node is not ScalarNode { IsNull: false } scalar)
        {
            throw place.Problem(path, $"expected {shape.Described}, found {(node.IsNull ? "nothing" : node.Described)}");
        }
        return ScalarReader.Read(scalar, shape, out string problem) ?? throw place.Problem(path, problem);
    }
}
