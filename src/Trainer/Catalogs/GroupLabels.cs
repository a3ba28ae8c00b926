using Trainer.Yaml;

namespace Trainer.Catalogs;

/// <summary>Tells configurations apart in as few words as do: by name, else by the keys that differ, else by data set or hash.</summary>
internal static class GroupLabels
{
    private const int HashDigits = 8;

    /// <summary>A label for each of <paramref name="runs"/>, which are of different configurations or data sets.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<RunEntry> runs)
    {
        string[] labels = [.. runs.Select(run => run.Experiment.Name)];
        Refine(labels, runs, DifferingKeys);
        Refine(labels, runs, alike => [.. alike.Select(run => run.Data.Name)]);
        Refine(labels, runs, alike => [.. alike.Select(run => run.Data.Hash is { Length: > HashDigits } hash ? hash[..HashDigits] : "")]);
        Refine(labels, runs, alike => [.. alike.Select(run => run.Hash)]);
        return labels;
    }

    /// <summary>Puts behind labels that are alike what tells their runs apart.</summary>
    private static void Refine(string[] labels, IReadOnlyList<RunEntry> runs, Func<IReadOnlyList<RunEntry>, string[]> describe)
    {
        foreach (int[] alike in Enumerable.Range(0, labels.Length)
            .GroupBy(index => labels[index], (_, members) => members.ToArray())
            .Where(members => members.Length > 1).ToArray())
        {
            string[] details = describe([.. alike.Select(index => runs[index])]);
            if (details.Distinct().Count() > 1)
            {
                foreach ((int index, string detail) in alike.Zip(details))
                {
                    labels[index] = $"{labels[index]} {detail}".TrimEnd();
                }
            }
        }
    }

    private static string[] DifferingKeys(IReadOnlyList<RunEntry> alike)
    {
        IReadOnlyList<ConfigDifference> all = ConfigLines.Differences([.. alike.Select(run => run.Experiment)], static key => key.IsIdentity);
        ConfigDifference[] differences = [.. all.Where(difference => Tells(difference, all))];
        string[] keys = [.. differences.Select(difference => difference.Key)];
        return [.. Enumerable.Range(0, alike.Count).Select(index => string.Join(' ', differences
            .Where(difference => difference.Values[index] is not null)
            .Select(difference => $"{ShortKeys.Of(difference.Key, keys)}={difference.Values[index]}")))];
    }

    /// <summary>Whether a key says more than the name of a kind that has it: Adam's betas do not where all of Adam's are alike.</summary>
    private static bool Tells(ConfigDifference difference, IReadOnlyList<ConfigDifference> all)
    {
        int dot = difference.Key.LastIndexOf('.');
        bool isOfAKind = dot > 0 && all.Any(other => other.Key == $"{difference.Key[..dot]}.{ConfigShape.NameKey}");
        return !isOfAKind || difference.Key[(dot + 1)..] == ConfigShape.NameKey || difference.Values.OfType<string>().Distinct().Skip(1).Any();
    }
}
