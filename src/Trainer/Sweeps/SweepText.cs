using System.Globalization;
using System.Text;
using Trainer.Clusters;
using Trainer.Yaml;

namespace Trainer.Sweeps;

/// <summary>A sweep file, always written alike.</summary>
internal static class SweepText
{
    private const string Seed = "seed";

    /// <summary>The text; it reads back as the same sweep.</summary>
    /// <param name="file">What it says.</param>
    /// <param name="configs">What it calls its configurations.</param>
    /// <param name="overrides">Arguments of <c>--set</c>, which become settings of every cell.</param>
    public static string Of(SweepFile file, IReadOnlyList<string> configs, IReadOnlyList<string> overrides)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"name: {file.Name}\n");
        text.Append(configs.Count == 1 ? $"base: {configs[0]}\n" : "configs:\n" + string.Concat(configs.Select(config => $"  - {config}\n")));
        Mapping(text, "set", "", file.Set.Select(setting => (setting.Key, setting.Text))
            .Where(setting => !overrides.Any(argument => SweepReader.Covers(KeyOf(argument), setting.Key)))
            .Concat(Settings(overrides).Where(setting => setting.Key != Seed)));
        Mapping(text, "grid", "", file.Grid.Select(axis => (axis.Key, Values(axis.Values))));
        Mapping(text, "zip", "", file.Zip.Select(axis => (axis.Key, Values(axis.Values))));
        if (file.Random is { } random)
        {
            text.Append(CultureInfo.InvariantCulture, $"random:\n  samples: {random.Samples}\n  seed: {random.Seed}\n");
            Mapping(text, "keys", "  ", random.Keys.Select(key => (key.Key, Distribution(key.Distribution))));
        }
        if (Seeds(file, overrides) is { } seeds)
        {
            text.Append(CultureInfo.InvariantCulture, $"seeds: [{seeds}]\n");
        }
        if (file.Halving is { } halving)
        {
            text.Append(CultureInfo.InvariantCulture, $"halving: {{rungs: [{string.Join(", ", halving.Rungs)}]}}\n");
        }
        return text.Append(ClusterText.Of(file.Cluster)).ToString();
    }

    /// <summary>The seeds of each; a seed of the command line is no setting in a sweep file. Where the file has seeds, none can come
    /// from there.</summary>
    private static string? Seeds(SweepFile file, IReadOnlyList<string> overrides) => file.Seeds is { } seeds
        ? string.Join(", ", seeds)
        : Settings(overrides).FirstOrDefault(setting => setting.Key == Seed).Value;

    /// <summary>Of two overrides of one key the later counts.</summary>
    private static IEnumerable<(string Key, string Value)> Settings(IReadOnlyList<string> overrides) => overrides
        .Where((argument, index) => !overrides.Skip(index + 1).Any(later => KeyOf(later) == KeyOf(argument)))
        .Select(argument => (KeyOf(argument), NodeText.Of(YamlTree.ParseValue(
            argument[(argument.IndexOf('=', StringComparison.Ordinal) + 1)..], Place.Override(argument), KeyOf(argument)))));

    private static string KeyOf(string argument) => argument.Split('=')[0];

    private static void Mapping(StringBuilder text, string name, string indent, IEnumerable<(string Key, string Value)> entries)
    {
        string lines = string.Concat(entries.Select(entry => $"{indent}  {entry.Key}: {entry.Value}\n"));
        text.Append(lines.Length == 0 ? "" : $"{indent}{name}:\n{lines}");
    }

    private static string Values(IEnumerable<ConfigNode> values) => $"[{string.Join(", ", values.Select(NodeText.Of))}]";

    private static string Distribution(Distribution distribution) => distribution switch
    {
        UniformNumbers uniform => $"{{uniform: [{FlowText.Number(uniform.Low)}, {FlowText.Number(uniform.High)}]}}",
        LogUniformNumbers logarithmic => $"{{log_uniform: [{FlowText.Number(logarithmic.Low)}, {FlowText.Number(logarithmic.High)}]}}",
        ChoiceOfValues choice => $"{{choice: {Values(choice.Values)}}}",
        _ => throw new ArgumentOutOfRangeException(nameof(distribution), distribution, null),
    };
}
