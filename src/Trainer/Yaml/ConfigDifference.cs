namespace Trainer.Yaml;

/// <summary>A key whose values differ between configurations.</summary>
/// <param name="Key">The path of the key.</param>
/// <param name="Values">Its value in each configuration; null where that has no such key.</param>
internal sealed record ConfigDifference(string Key, IReadOnlyList<string?> Values);
