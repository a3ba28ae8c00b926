namespace Trainer.Yaml;

/// <summary>Names of keys for headings and labels, as short as tells them apart.</summary>
internal static class ShortKeys
{
    private const string Kind = "." + ConfigShape.NameKey;

    /// <summary>The last part of a key, where no other ends with it: "lr" for "optimizer.lr"; of a kind's name, what it is a kind of:
    /// "optimizer" for "optimizer.name".</summary>
    /// <param name="key">The key.</param>
    /// <param name="all">All keys that are named together, <paramref name="key"/> among them.</param>
    public static string Of(string key, IEnumerable<string> all)
    {
        string last = Last(key);
        return all.Count(other => Last(other) == last) <= 1 ? last : Whole(key);
    }

    private static string Last(string key) => Whole(key)[(Whole(key).LastIndexOf('.') + 1)..];

    private static string Whole(string key) => key.EndsWith(Kind, StringComparison.Ordinal) ? key[..^Kind.Length] : key;
}
