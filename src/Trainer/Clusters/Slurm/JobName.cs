using Trainer.Yaml;

namespace Trainer.Clusters.Slurm;

/// <summary>The name of a job, which squeue takes in a list with commas and gives back between separators.</summary>
internal static class JobName
{
    /// <summary>Gives back <paramref name="name"/>.</summary>
    /// <exception cref="ArgumentException">It has other characters than letters, digits, '-', '_' and '.'.</exception>
    public static string Checked(string name) =>
        Is(name) ? name : throw new ArgumentException($"'{Excerpt.Of(name)}' cannot name a job; use letters, digits, '-', '_' and '.'");

    /// <summary>Whether <paramref name="text"/> can name a job.</summary>
    public static bool Is(string text) =>
        text.Length > 0 && text[0] != '-' && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}
