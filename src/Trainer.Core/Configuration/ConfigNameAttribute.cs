namespace Trainer.Configuration;

/// <summary>
/// The name by which a configuration calls this type. Every record that carries one is found once, by its base type,
/// and the reader, the schema, the help text and the tests all go through that one list. A member of an enumeration carries
/// one where it is not to be spelled in the usual way, with hyphens; aliases are for types only.
/// </summary>
/// <param name="name">The canonical name, as PyTorch spells it where it has the thing.</param>
/// <param name="aliases">Other names that are understood and resolved to the canonical one.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Field, Inherited = false)]
public sealed class ConfigNameAttribute(string name, params string[] aliases) : Attribute
{
    /// <summary>The canonical name.</summary>
    public string Name { get; } = name;

    /// <summary>Other names that are understood.</summary>
    public IReadOnlyList<string> Aliases { get; } = aliases;
}
