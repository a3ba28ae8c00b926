namespace Trainer.Yaml;

/// <summary>
/// <c>--set key.path=value</c>: changes the tree before anything is made of it, so that what an override replaces need
/// not even be valid, and what it puts there is checked like the rest. Of two overrides of one key the later counts.
/// </summary>
internal static class Override
{
    /// <summary>The tree with the override in it; mappings on the way are made where they are missing.</summary>
    /// <param name="tree">The configuration as written.</param>
    /// <param name="argument">"optimizer.lr=0.01", "model.hidden=[128, 64]", "optimizer={name: adam, lr: 1e-3}".</param>
    /// <exception cref="Failures.ConfigException">The argument has no '=', no proper path, or no proper value.</exception>
    public static MappingNode Apply(MappingNode tree, string argument)
    {
        Place place = Place.Override(argument);
        int equals = argument.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0)
        {
            throw place.Problem("", "no '='; write --set key=value, e.g. --set optimizer.lr=0.01");
        }
        string path = argument[..equals];
        if (!IsPath(path))
        {
            throw place.Problem("", $"'{Excerpt.Of(path)}' is no path of keys; write e.g. --set optimizer.lr=0.01, without spaces");
        }
        ConfigNode value = YamlTree.ParseValue(argument[(equals + 1)..], place, path);
        if (value is ScalarNode { IsPlain: true, Text: "" })
        {
            throw place.Problem(path, "no value after '='");
        }
        return Apply(tree, path, value, place);
    }

    /// <summary>The tree with the value of one key replaced; mappings on the way are made where they are missing.</summary>
    /// <param name="tree">The configuration as written.</param>
    /// <param name="path">The key, a <see cref="IsPath"/>.</param>
    /// <param name="value">Its value.</param>
    /// <param name="place">Where that is written.</param>
    /// <exception cref="Failures.ConfigException">Something on the way is a list.</exception>
    public static MappingNode Apply(MappingNode tree, string path, ConfigNode value, Place place) =>
        Patched(tree, path.Split('.'), 0, value, place);

    /// <summary>Whether <paramref name="text"/> can be the path of a key: <c>optimizer.lr</c>.</summary>
    public static bool IsPath(string text) => text.Split('.') is { Length: <= YamlTree.MaximumDepth } keys && keys.All(IsKey);

    private static MappingNode Patched(MappingNode mapping, string[] keys, int level, ConfigNode value, Place place)
    {
        string key = keys[level];
        if (level == keys.Length - 1)
        {
            return mapping.With(new MappingEntry(place, key, value));
        }
        MappingEntry? entry = mapping.Find(key);
        (Place at, MappingNode inner) = entry?.Value switch
        {
            null or { IsNull: true } => (place, new MappingNode(place, [])),
            MappingNode existing => (entry.Place, existing),
            // 'activation: relu' is short for 'activation: {name: relu}'.
            ScalarNode name => (place, new MappingNode(place, [new MappingEntry(entry.Place, ConfigShape.NameKey, name)])),
            _ => throw place.Problem(
                string.Join('.', keys[..(level + 1)]), "a list has no keys; give it whole, e.g. "
                    + (place.IsOverride ? "--set 'model.hidden=[128, 64]'" : "'model.hidden: [128, 64]'")),
        };
        return mapping.With(new MappingEntry(at, key, Patched(inner, keys, level + 1, value, place)));
    }

    private static bool IsKey(string key) =>
        key.Length > 0 && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
}
