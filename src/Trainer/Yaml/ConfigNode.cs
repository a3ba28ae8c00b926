namespace Trainer.Yaml;

/// <summary>A value as it is written, before anybody knows what it is for: a mapping, a list or a scalar. Never changed.</summary>
/// <param name="Place">Where it begins.</param>
internal abstract record ConfigNode(Place Place)
{
    /// <summary>What it is, for messages: "a mapping", "a list", "'fast'".</summary>
    public abstract string Described { get; }

    /// <summary>Whether nothing is given: <c>lr:</c>, <c>lr: ~</c>, <c>lr: null</c>.</summary>
    public virtual bool IsNull => false;
}
