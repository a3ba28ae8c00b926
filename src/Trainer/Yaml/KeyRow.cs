namespace Trainer.Yaml;

/// <summary>One key of a configuration, in words.</summary>
/// <param name="Path">The whole path: <c>optimizer.lr</c>.</param>
/// <param name="Kinds">The kinds of the mapping around it that have the key; empty when it is always there.</param>
/// <param name="Type">What to write.</param>
/// <param name="IsRequired">Whether it must be given.</param>
/// <param name="Default">The value when it is not given, as it would be written; empty when it is required or a mapping.</param>
/// <param name="Bounds">The limits in words; empty when there are none.</param>
/// <param name="Description">What it means; empty when nobody said.</param>
internal sealed record KeyRow(
    string Path, IReadOnlyList<string> Kinds, string Type, bool IsRequired, string Default, string Bounds, string Description);
