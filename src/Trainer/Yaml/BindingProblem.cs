using Trainer.Failures;

namespace Trainer.Yaml;

/// <summary>The messages of <see cref="RecordBinder"/>: what is wrong with a key, and what to write instead.</summary>
internal static class BindingProblem
{
    /// <summary>A key that the record does not have.</summary>
    /// <param name="root">The type of the whole configuration.</param>
    /// <param name="tree">The whole configuration as it is written; what is of another file was put over it.</param>
    /// <param name="shape">The record.</param>
    /// <param name="entry">The key.</param>
    /// <param name="path">Where the record is.</param>
    /// <param name="name">What says which kind the record is; null where it is of no kind.</param>
    public static ConfigException Unknown(
        Type root, MappingNode tree, ConfigShape shape, MappingEntry entry, string path, MappingEntry? name)
    {
        string file = tree.Place.Source;
        string keyPath = MappingNode.PathOf(path, entry.Key);
        if (name is not null && name.Place.Source != file && entry.Place.Source == file && path.Length > 0)
        {
            string example = KeyExample.Variant(shape.Type);
            return name.Place.Problem(keyPath, $"left over in {entry.Place}, '{shape.VariantName}' has no such key; "
                + $"replace the whole: {(name.Place.IsOverride ? $"--set '{path}={example}'" : $"'{path}: {example}'")}");
        }
        IEnumerable<string> own = shape.Keys.Select(key => key.Name);
        string[] known = name is null ? [.. own] : [ConfigShape.NameKey, .. own];
        string what = name is null ? "unknown key" : $"unknown key of '{shape.VariantName}'";
        return entry.Place.Problem(keyPath, Elsewhere(root, tree, entry.Key, keyPath, known) is { } elsewhere
            ? $"{what}; {elsewhere} known: {string.Join(", ", known)}"
            : what + Suggestion.Ending(entry.Key, known));
    }

    /// <summary>
    /// Where a key that is no slip for a known one belongs: to another kind (a slope that relu has not), or to another
    /// level (lr at the top), there first where the kind that is written takes it.
    /// </summary>
    private static string? Elsewhere(Type root, MappingNode tree, string key, string keyPath, string[] known)
    {
        if (Suggestion.For(key, known) is not null)
        {
            return null;
        }
        KeyRow[] rows = [.. KeyTable.Of(root).Where(row => row.Path.EndsWith($".{key}", StringComparison.Ordinal))];
        string[] kinds = [.. rows.Where(row => row.Path == keyPath).SelectMany(row => row.Kinds)];
        return kinds.Length > 0 ? $"it belongs to {string.Join(", ", kinds)};"
            : rows.Length > 0 ? $"did you mean '{(rows.FirstOrDefault(row => IsTaken(row, tree)) ?? rows[0]).Path}'?"
            : null;
    }

    /// <summary>Whether the key is always there, or the kind around it in <paramref name="tree"/> has it.</summary>
    private static bool IsTaken(KeyRow row, MappingNode tree)
    {
        ConfigNode? around = tree;
        foreach (string part in row.Path.Split('.')[..^1])
        {
            around = (around as MappingNode)?.Find(part)?.Value;
        }
        ConfigNode? name = around is MappingNode mapping ? mapping.Find(ConfigShape.NameKey)?.Value : around;
        return row.Kinds.Count == 0 || (name is ScalarNode kind && row.Kinds.Contains(kind.Text));
    }

    /// <summary>A required key that is not there.</summary>
    public static ConfigException Missing(ConfigKey key, Place place, string path)
    {
        string keyPath = MappingNode.PathOf(path, key.Name);
        return place.Problem(keyPath, place.IsOverride
            ? $"missing; add e.g. --set '{keyPath}={KeyExample.Value(key)}'"
            : $"missing; add e.g. '{KeyExample.Entry(key)}'");
    }

    /// <summary>A variant given by its name alone that requires more.</summary>
    public static ConfigException MissingBesideName(
        ConfigKey key, ConfigShape shape, ConfigKey missing, Place place, string path)
    {
        string example = KeyExample.Variant(shape.Type);
        return place.Problem(MappingNode.PathOf(path, missing.Name), place.IsOverride
            ? $"missing; write e.g. --set '{path}={example}'"
            : $"missing; write e.g. '{key.Name}: {example}'");
    }

    /// <summary>A variant's mapping without the key that says which it is.</summary>
    public static ConfigException MissingName(IReadOnlyList<string> known, Place place, string namePath) =>
        place.Problem(namePath, place.IsOverride
            ? $"missing; add e.g. --set {namePath}={known[0]}; known: {string.Join(", ", known)}"
            : $"missing; add e.g. '{ConfigShape.NameKey}: {known[0]}'; known: {string.Join(", ", known)}");

    /// <summary>A key with nothing after it, or with null where null is no value.</summary>
    public static ConfigException NoValue(ConfigKey key, Place place, string path) =>
        place.Problem(path, key.Shape.IsNullable
            ? "no value; write 'null' for none"
            : $"no value; write e.g. '{KeyExample.Entry(key)}'");

    /// <summary>A list where a number should be, and the like.</summary>
    public static ConfigException WrongKind(ConfigKey key, ConfigNode node, Place place, string path)
    {
        string expected = key.Shape.Kind == ValueKind.Variant ? "a name or a mapping" : Expected(key.Shape);
        return place.Problem(path, $"expected {expected}, found {node.Described}; write e.g. '{KeyExample.Entry(key)}'");
    }

    /// <summary>An element of a list that is itself a list, a mapping or nothing.</summary>
    public static ConfigException WrongElement(ConfigKey key, ConfigNode item, string path) =>
        item.Place.Problem(path, $"expected {key.Shape.Element.Described}, found {(item.IsNull ? "nothing" : item.Described)}");

    /// <summary>An accessor's message, without what the runtime adds for programmers.</summary>
    public static string WithoutParameter(ArgumentException thrown)
    {
        string message = thrown.Message.Split('\n')[0].TrimEnd('\r');
        string added = $" (Parameter '{thrown.ParamName}')";
        return message.EndsWith(added, StringComparison.Ordinal) ? message[..^added.Length] : message;
    }

    private static string Expected(ValueShape shape) => shape.Kind == ValueKind.Choice ? "a name" : shape.Described;
}
