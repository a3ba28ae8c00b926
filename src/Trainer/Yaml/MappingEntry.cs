namespace Trainer.Yaml;

/// <summary>One key of a mapping with its value.</summary>
/// <param name="Place">Where the key is written; the override's place when an override put it there.</param>
/// <param name="Key">The key.</param>
/// <param name="Value">The value.</param>
internal sealed record MappingEntry(Place Place, string Key, ConfigNode Value);
