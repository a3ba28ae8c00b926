using System.Globalization;
using Trainer.Configuration;
using Trainer.Failures;

namespace Trainer.Yaml;

/// <summary>
/// Makes a record of what is written, in the order it is written, and stops at the first thing that does not fit.
/// Each problem stands where its key is written, each element of a list where it is.
/// </summary>
/// <param name="root">The type of the whole configuration.</param>
/// <param name="tree">The whole configuration, as it is written.</param>
internal sealed class RecordBinder(Type root, MappingNode tree)
{
    /// <summary>The configuration that is written.</summary>
    /// <exception cref="ConfigException">It does not fit the root type.</exception>
    public object Bind() =>
        root.IsAbstract ? Kind(root, tree, tree.Place, "") : Record(ConfigShape.Of(root), tree, tree.Place, "", null);

    private object Record(ConfigShape shape, MappingNode mapping, Place place, string path, MappingEntry? name)
    {
        object record = shape.New();
        foreach (MappingEntry entry in mapping.Entries.Where(entry => entry != name))
        {
            ConfigKey key = shape.Find(entry.Key) ?? throw BindingProblem.Unknown(root, tree, shape, entry, path, name);
            Set(record, key, entry, MappingNode.PathOf(path, entry.Key));
        }
        if (shape.Keys.FirstOrDefault(key => key.IsRequired && mapping.Find(key.Name) is null) is { } missing)
        {
            throw BindingProblem.Missing(missing, place, path);
        }
        if (record is IValidated validated)
        {
            Validate(validated, mapping, place, path);
        }
        return record;
    }

    private void Set(object record, ConfigKey key, MappingEntry entry, string path)
    {
        object? value = Value(key, entry.Value, entry.Place, path);
        try
        {
            key.Set(record, value);
        }
        catch (ArgumentException e)
        {
            throw entry.Place.Problem(path, BindingProblem.WithoutParameter(e), e);
        }
    }

    private object? Value(ConfigKey key, ConfigNode node, Place place, string path)
    {
        if (node.IsNull)
        {
            bool isWritten = node is ScalarNode { Text: "null" };
            return key.Shape.IsNullable && isWritten ? null : throw BindingProblem.NoValue(key, place, path);
        }
        return (key.Shape.Kind, node) switch
        {
            (ValueKind.Variant, ScalarNode name) => KindByNameAlone(key, key.Shape.Type, name, place, path),
            (ValueKind.Variant, MappingNode mapping) => Kind(key.Shape.Type, mapping, place, path),
            (ValueKind.Record, MappingNode mapping) => Record(ConfigShape.Of(key.Shape.Type), mapping, place, path, null),
            (ValueKind.IntegerList, SequenceNode list) => List<int>(key, list, path),
            (ValueKind.NumberList, SequenceNode list) => List<double>(key, list, path),
            (ValueKind.VariantList, SequenceNode list) => Kinds(key, list, path),
            (_, ScalarNode scalar) when key.Shape.IsScalar => Scalar(key, key.Shape, scalar, place, path),
            _ => throw BindingProblem.WrongKind(key, node, place, path),
        };
    }

    private Array Kinds(ConfigKey key, SequenceNode list, string path)
    {
        Type baseType = key.Shape.Element.Type;
        var kinds = Array.CreateInstance(baseType, list.Items.Count);
        for (int i = 0; i < kinds.Length; i++)
        {
            ConfigNode item = list.Items[i];
            string itemPath = PathOf(path, i);
            kinds.SetValue(item switch
            {
                ScalarNode { IsNull: false } name => KindByNameAlone(key, baseType, name, item.Place, itemPath),
                MappingNode mapping => Kind(baseType, mapping, item.Place, itemPath),
                _ => throw BindingProblem.WrongElement(key, item, itemPath),
            }, i);
        }
        return kinds;
    }

    private static T[] List<T>(ConfigKey key, SequenceNode list, string path)
    {
        var values = new T[list.Items.Count];
        for (int i = 0; i < values.Length; i++)
        {
            ConfigNode item = list.Items[i];
            values[i] = item is ScalarNode { IsNull: false } scalar
                ? (T)Scalar(key, key.Shape.Element, scalar, item.Place, path, i)
                : throw BindingProblem.WrongElement(key, item, PathOf(path, i));
        }
        return values;
    }

    private static object Scalar(ConfigKey key, ValueShape shape, ScalarNode scalar, Place place, string path, int? index = null)
    {
        object value = ScalarReader.Read(scalar, shape, out string problem) ?? throw place.Problem(PathOf(path, index), problem);
        if (key.Bounds is { } bounds && !bounds.Contains(Convert.ToDouble(value, CultureInfo.InvariantCulture)))
        {
            throw place.Problem(PathOf(path, index), FormattableString.Invariant($"must be {bounds}, not {value}"));
        }
        return value;
    }

    /// <summary>"model.hidden[2]", made where it is needed only: a sweep may have millions of elements.</summary>
    private static string PathOf(string path, int? index) => index is { } i ? FormattableString.Invariant($"{path}[{i}]") : path;

    private object KindByNameAlone(ConfigKey key, Type baseType, ScalarNode name, Place place, string path)
    {
        ConfigShape shape = ConfigShape.Of(FindKind(baseType, name, place, path));
        return shape.Keys.FirstOrDefault(k => k.IsRequired) is { } missing
            ? throw BindingProblem.MissingBesideName(key, shape, missing, place, path)
            : Record(shape, new MappingNode(place, []), place, path, null);
    }

    private object Kind(Type baseType, MappingNode mapping, Place place, string path)
    {
        string namePath = MappingNode.PathOf(path, ConfigShape.NameKey);
        IReadOnlyList<string> known = Registry.Of(baseType).Names;
        if (mapping.Find(ConfigShape.NameKey) is not { } entry)
        {
            throw BindingProblem.MissingName(known, place, namePath);
        }
        if (entry.Value is not ScalarNode { IsNull: false } name)
        {
            string found = entry.Value.IsNull ? "nothing" : entry.Value.Described;
            throw entry.Place.Problem(namePath, $"expected a name, found {found}; known: {string.Join(", ", known)}");
        }
        Type kind = FindKind(baseType, name, entry.Place, namePath);
        return Record(ConfigShape.Of(kind), mapping, place, path, entry);
    }

    private static Type FindKind(Type baseType, ScalarNode name, Place place, string path) =>
        Registry.Of(baseType).Find(name.Text) ?? throw place.Problem(
            path, $"'{Excerpt.Of(name.Text)}' is not known{Suggestion.Ending(name.Text, Registry.Of(baseType).Names)}");

    private static void Validate(IValidated record, MappingNode mapping, Place place, string path)
    {
        foreach ((string key, string problem) in record.Problems())
        {
            MappingNode? level = mapping;
            foreach (string part in key.Split('.'))
            {
                MappingEntry? entry = level?.Find(part);
                place = entry?.Place ?? place;
                level = entry?.Value as MappingNode;
            }
            throw place.Problem(path.Length == 0 ? key : $"{path}.{key}", problem);
        }
    }
}
