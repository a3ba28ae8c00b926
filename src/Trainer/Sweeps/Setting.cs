using Trainer.Yaml;

namespace Trainer.Sweeps;

/// <summary>A key of a configuration with a value that a sweep gives it.</summary>
/// <param name="Place">Where it is written, for messages.</param>
/// <param name="Key">The whole path: <c>optimizer.lr</c>.</param>
/// <param name="Value">The value.</param>
internal sealed record Setting(Place Place, string Key, ConfigNode Value)
{
    /// <summary>The value on one line, as it would be written.</summary>
    public string Text => NodeText.Of(Value);

    /// <inheritdoc/>
    public override string ToString() => $"{Key} {Text}";
}
