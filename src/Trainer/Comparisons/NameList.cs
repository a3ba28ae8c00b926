using System.Globalization;

namespace Trainer.Comparisons;

/// <summary>Some things one after the other in a sentence, and how many more there are.</summary>
internal static class NameList
{
    /// <summary>"a, b, c", and of many "a, b, c and 9 more"; of one too many, that one rather than "and 1 more".</summary>
    /// <param name="parts">The things.</param>
    /// <param name="most">How many are named.</param>
    /// <param name="last">What stands before the last of a few: ", " or " and ".</param>
    public static string Of(IEnumerable<string> parts, int most, string last = ", ")
    {
        string[] all = [.. parts];
        return all.Length > most + 1 ? string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", all.Take(most))} and {all.Length - most} more")
            : all.Length < 2 ? string.Concat(all)
            : string.Join(", ", all[..^1]) + last + all[^1];
    }
}
