namespace Trainer.Yaml;

/// <summary>A configuration as a flat list of keys, to be compared key by key.</summary>
internal static class ConfigLines
{
    /// <summary>Every key of <paramref name="record"/> in the order of declaration, defaults too.</summary>
    /// <param name="record">The configuration.</param>
    /// <param name="included">Which keys count; null for all.</param>
    public static IReadOnlyList<ConfigLine> Of(object record, Func<ConfigKey, bool>? included = null)
    {
        var lines = new List<ConfigLine>();
        Add(lines, record, "", included ?? (static _ => true));
        return lines;
    }

    /// <summary>The keys whose values are not the same in all <paramref name="records"/>, in the order of declaration.</summary>
    /// <param name="records">The configurations.</param>
    /// <param name="included">Which keys count; null for all.</param>
    public static IReadOnlyList<ConfigDifference> Differences(IReadOnlyList<object> records, Func<ConfigKey, bool>? included = null)
    {
        var keys = new List<string>();
        var values = new List<Dictionary<string, string>>();
        foreach (object record in records)
        {
            IReadOnlyList<ConfigLine> lines = Of(record, included);
            AddInOrder(keys, lines);
            values.Add(lines.ToDictionary(line => line.Key, line => line.Value, StringComparer.Ordinal));
        }
        return [.. keys
            .Select(key => new ConfigDifference(key, [.. values.Select(lines => lines.GetValueOrDefault(key))]))
            .Where(row => row.Values.Distinct().Skip(1).Any())];
    }

    /// <summary>Puts keys that are new behind the one that they follow.</summary>
    private static void AddInOrder(List<string> keys, IReadOnlyList<ConfigLine> lines)
    {
        var known = keys.ToHashSet(StringComparer.Ordinal);
        int at = 0;
        foreach (ConfigLine line in lines)
        {
            if (known.Contains(line.Key))
            {
                at = keys.IndexOf(line.Key) + 1;
            }
            else
            {
                keys.Insert(at++, line.Key);
            }
        }
    }

    private static void Add(List<ConfigLine> lines, object record, string path, Func<ConfigKey, bool> included)
    {
        var shape = ConfigShape.Of(record.GetType());
        if (shape.VariantName is { } name)
        {
            lines.Add(new ConfigLine(MappingNode.PathOf(path, ConfigShape.NameKey), name));
        }
        foreach (ConfigKey key in shape.Keys.Where(included))
        {
            string keyPath = MappingNode.PathOf(path, key.Name);
            object? value = key.ValueIn(record);
            if (value is not null && key.Shape.Kind is (ValueKind.Record or ValueKind.Variant))
            {
                Add(lines, value, keyPath, included);
            }
            else
            {
                lines.Add(new ConfigLine(keyPath, FlowText.Of(key.Shape, value)));
            }
        }
    }
}
