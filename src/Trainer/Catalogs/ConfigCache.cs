using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Trainer.Runs;
using Trainer.Yaml;

namespace Trainer.Catalogs;

/// <summary>
/// Reads configurations of many runs, each text once for all its seeds: to read one strictly takes a millisecond, and five
/// hundred runs are often five configurations.
/// </summary>
internal sealed partial class ConfigCache
{
    private readonly ConcurrentDictionary<string, (Experiment Experiment, string Hash)> _known = new(StringComparer.Ordinal);

    /// <summary>How many texts are known.</summary>
    public int Count => _known.Count;

    /// <summary>The configuration in a file that a run wrote, and its hash.</summary>
    /// <exception cref="Failures.ConfigException">It cannot be read; the message says where.</exception>
    public (Experiment Experiment, string Hash) Read(string path)
    {
        string text = YamlText.ReadFile(path);
        Match seed = SeedLine().Match(text);
        if (!seed.Success || !ulong.TryParse(seed.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out ulong value))
        {
            return Parsed(text, path);
        }
        (Experiment experiment, string hash) = _known.GetOrAdd(text.Remove(seed.Index, seed.Length), _ => Parsed(text, path));
        return (experiment with { Seed = value }, hash);
    }

    private static (Experiment Experiment, string Hash) Parsed(string text, string path)
    {
        Experiment experiment = ConfigReader.ReadText<Experiment>(text, path);
        return (experiment, ConfigHash.Of(experiment));
    }

    [GeneratedRegex("^seed: ([0-9]+)\n", RegexOptions.Multiline)]
    private static partial Regex SeedLine();
}
