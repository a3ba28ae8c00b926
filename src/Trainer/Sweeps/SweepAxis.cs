using Trainer.Yaml;

namespace Trainer.Sweeps;

/// <summary>A key of a configuration with the values that a sweep tries.</summary>
/// <param name="Place">Where the key is written.</param>
/// <param name="Key">The whole path: <c>optimizer.lr</c>.</param>
/// <param name="Values">The values, in the order written.</param>
internal sealed record SweepAxis(Place Place, string Key, IReadOnlyList<ConfigNode> Values)
{
    /// <summary>The key with its value number <paramref name="index"/>.</summary>
    public Setting this[int index] => new(Values[index].Place, Key, Values[index]);
}
