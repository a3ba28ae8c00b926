using Trainer.Failures;

namespace Trainer.Yaml;

/// <summary>
/// Reads configuration files strictly: an unknown, repeated, missing or mistyped key stops with one line such as
/// <c>configs/relu.yaml(7,3): optimizer.name: 'adma' is not known; did you mean 'adam'? known: adam, sgd</c>.
/// </summary>
/// <remarks>
/// Walk: <see cref="YamlText"/> (bytes to text), <see cref="YamlTree"/> (text to tree), <see cref="Override"/> (patches
/// the tree), <see cref="RecordBinder"/> (tree to record). A key that is not given keeps the default of its record; a
/// nested mapping that is given starts from the defaults of its own type.
/// </remarks>
internal static class ConfigReader
{
    /// <summary>The configuration in a file.</summary>
    /// <param name="path">The file; messages name it as it is given here.</param>
    /// <param name="overrides">Arguments of <c>--set</c>, each "key.path=value", applied in order.</param>
    /// <exception cref="ConfigException">The file or an override cannot be followed.</exception>
    public static T Read<T>(string path, IEnumerable<string>? overrides = null)
        where T : class =>
        ReadText<T>(YamlText.ReadFile(path), path, overrides);

    /// <summary>The configuration in a text.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="fileNameForMessages">What messages call it.</param>
    /// <param name="overrides">Arguments of <c>--set</c>, each "key.path=value", applied in order.</param>
    /// <exception cref="ConfigException">The text or an override cannot be followed.</exception>
    public static T ReadText<T>(string text, string fileNameForMessages, IEnumerable<string>? overrides = null)
        where T : class
    {
        MappingNode written = YamlTree.Parse(text, fileNameForMessages);
        return (T)new RecordBinder(typeof(T), (overrides ?? []).Aggregate(written, Override.Apply)).Bind();
    }
}
