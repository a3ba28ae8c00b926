using System.Text;
using Trainer.Configuration;

namespace Trainer.Yaml;

/// <summary>Every key that a configuration can have, for the help text and the manual: nothing is listed by hand.</summary>
internal static class KeyTable
{
    private static readonly IReadOnlyList<string> AllKinds = [];

    /// <summary>The keys of a configuration type, nested ones after the key that holds them.</summary>
    public static IReadOnlyList<KeyRow> Of(Type type)
    {
        var rows = new List<KeyRow>();
        AddInner(rows, ValueShape.Of(type, false), "");
        return rows;
    }

    /// <summary>The same as a table in Markdown, LF at the end of every line.</summary>
    public static string Markdown(Type type)
    {
        var text = new StringBuilder("| key | value | default | limits | meaning |\n| --- | --- | --- | --- | --- |\n");
        foreach (KeyRow row in Of(type))
        {
            string key = row.Kinds.Count == 0 ? $"`{row.Path}`" : $"`{row.Path}` ({string.Join(", ", row.Kinds)})";
            string value = row.Default.Length > 0 ? $"`{row.Default}`" : row.IsRequired ? "required" : "";
            text.Append($"| {key} | {Cell(row.Type)} | {Cell(value)} | {Cell(row.Bounds)} | {Cell(row.Description)} |\n");
        }
        return text.ToString();
    }

    private static void AddInner(List<KeyRow> rows, ValueShape shape, string path)
    {
        if (shape.Kind == ValueKind.Record)
        {
            foreach (ConfigKey key in ConfigShape.Of(shape.Type).Keys)
            {
                Add(rows, Row(key, path), key.Shape);
            }
        }
        else if (shape.Kind == ValueKind.Variant)
        {
            AddKinds(rows, shape, path);
        }
    }

    private static void Add(List<KeyRow> rows, KeyRow row, ValueShape shape)
    {
        rows.Add(row);
        AddInner(rows, shape, row.Path);
    }

    /// <summary>The name, then every key of every kind; a key that several kinds have alike stands there once.</summary>
    private static void AddKinds(List<KeyRow> rows, ValueShape shape, string path)
    {
        Registry registry = Registry.Of(shape.Type);
        rows.Add(new KeyRow(
            MappingNode.PathOf(path, ConfigShape.NameKey), AllKinds, shape.Described, true, "", "", "which kind it is"));
        var kindsByKey = new OrderedDictionary<(KeyRow Row, ValueShape Shape), List<string>>();
        foreach (Type kind in registry.Types)
        {
            foreach (ConfigKey key in ConfigShape.Of(kind).Keys)
            {
                (KeyRow, ValueShape) own = (Row(key, path), key.Shape);
                kindsByKey.TryAdd(own, []);
                kindsByKey[own].Add(Registry.NameOf(kind));
            }
        }
        foreach (((KeyRow row, ValueShape keyShape), List<string> kinds) in kindsByKey)
        {
            Add(rows, kinds.Count == registry.Names.Count ? row : row with { Kinds = kinds }, keyShape);
        }
    }

    private static KeyRow Row(ConfigKey key, string path) => new(
        MappingNode.PathOf(path, key.Name),
        AllKinds,
        key.Shape.Described + (key.Shape.IsNullable ? ", or null" : ""),
        key.IsRequired,
        key.IsRequired || (key.Shape.Kind == ValueKind.Record && key.Default is not null) ? "" : FlowText.Of(key.Shape, key.Default),
        key.Bounds?.ToString() ?? "",
        key.Description ?? "");

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace('\n', ' ');
}
