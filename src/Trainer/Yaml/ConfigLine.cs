namespace Trainer.Yaml;

/// <summary>One key of a whole configuration with its value: <c>optimizer.lr</c>, <c>0.1</c>.</summary>
/// <param name="Key">The path of the key.</param>
/// <param name="Value">Its value, as <see cref="FlowText"/> writes it.</param>
internal sealed record ConfigLine(string Key, string Value);
