using Trainer.Yaml;

namespace Trainer.Sweeps;

/// <summary>One of several values, each alike.</summary>
/// <param name="Values">The values.</param>
internal sealed record ChoiceOfValues(IReadOnlyList<ConfigNode> Values) : Distribution
{
    /// <inheritdoc/>
    public override ConfigNode Draw(double u, Place place, bool isWhole) => Values[(int)(u * Values.Count)];
}
