namespace Trainer.Yaml;

/// <summary>A mapping as it is written; no key comes twice.</summary>
/// <param name="Place">Where it begins.</param>
/// <param name="Entries">Its keys, in the order written.</param>
internal sealed record MappingNode(Place Place, IReadOnlyList<MappingEntry> Entries) : ConfigNode(Place)
{
    /// <inheritdoc/>
    public override string Described => "a mapping";

    /// <summary>The entry of <paramref name="key"/>, or null.</summary>
    public MappingEntry? Find(string key) => Entries.FirstOrDefault(entry => entry.Key == key);

    /// <summary>The same mapping with the entry in place of the one with its key, or at the end when there is none.</summary>
    public MappingNode With(MappingEntry entry) => this with
    {
        Entries = Find(entry.Key) is null
            ? [.. Entries, entry]
            : [.. Entries.Select(old => old.Key == entry.Key ? entry : old)],
    };

    /// <summary>The path of a key inside the thing at <paramref name="parent"/>: <c>optimizer.lr</c>.</summary>
    public static string PathOf(string parent, string key) =>
        parent.Length == 0 ? Excerpt.Of(key) : $"{parent}.{Excerpt.Of(key)}";
}
