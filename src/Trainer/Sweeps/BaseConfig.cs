using Trainer.Yaml;

namespace Trainer.Sweeps;

/// <summary>A configuration that a sweep starts from.</summary>
/// <param name="Path">The file, as messages call it.</param>
/// <param name="Text">Its content.</param>
internal sealed record BaseConfig(string Path, string Text)
{
    /// <summary>What is written in it.</summary>
    /// <exception cref="Failures.ConfigException">It is not in the part of YAML that is taken.</exception>
    public MappingNode Tree() => YamlTree.Parse(Text, Path);
}
