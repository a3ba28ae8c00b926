namespace Trainer.Yaml;

/// <summary>A list as it is written.</summary>
/// <param name="Place">Where it begins.</param>
/// <param name="Items">Its elements, in order.</param>
internal sealed record SequenceNode(Place Place, IReadOnlyList<ConfigNode> Items) : ConfigNode(Place)
{
    /// <inheritdoc/>
    public override string Described => "a list";
}
