using System.Globalization;
using Trainer.Failures;

namespace Trainer.Sweeps;

/// <summary>Seeds as people write them: <c>3</c>, <c>1-5</c>, <c>1-3,7</c>.</summary>
internal static class SeedList
{
    /// <summary>The most seeds of one sweep.</summary>
    public const int MostSeeds = 10_000;

    /// <summary>The seeds in the order written.</summary>
    /// <param name="text">What is written.</param>
    /// <param name="problem">What is wrong with it; empty where nothing is.</param>
    public static IReadOnlyList<ulong> Read(string text, out string problem)
    {
        var seeds = new List<ulong>();
        var seen = new HashSet<ulong>();
        problem = "";
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            string[] ends = part.Split('-', StringSplitOptions.TrimEntries);
            if (ends.Length > 2 || !IsSeed(ends[0], out ulong first) || !IsSeed(ends[^1], out ulong last))
            {
                problem = $"'{Yaml.Excerpt.Of(text)}' is no list of seeds; write e.g. 3, 1-5 or \"1-3,7\"";
                return [];
            }
            problem = last < first ? $"'{part}' runs backwards; write {last}-{first}"
                : last - first >= MostSeeds - (ulong)seeds.Count ? $"'{part}' makes more than {MostSeeds} seeds"
                : "";
            for (ulong seed = first; problem.Length == 0; seed++)
            {
                seeds.Add(seed);
                problem = seen.Add(seed) ? "" : FormattableString.Invariant($"seed {seed} is repeated; keep one");
                if (seed == last)
                {
                    break;
                }
            }
            if (problem.Length > 0)
            {
                return [];
            }
        }
        return seeds;
    }

    /// <summary>The seeds that an option of the command line gives; null where it was not given.</summary>
    /// <exception cref="ConfigException">They cannot be read.</exception>
    public static IReadOnlyList<ulong>? OfOption(string? text)
    {
        if (text is null)
        {
            return null;
        }
        IReadOnlyList<ulong> seeds = Read(text, out string problem);
        return problem.Length == 0 ? seeds : throw new ConfigException($"--seeds: {problem}");
    }

    private static bool IsSeed(string text, out ulong seed) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out seed);
}
