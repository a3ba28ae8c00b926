using Trainer.Yaml;

namespace Trainer.Clusters.Slurm;

/// <summary>The name of a job, which squeue takes in a list with commas and gives back between separators.</summary>
internal static class JobName
{
    /// <summary>Gives back <paramref name="name"/>.</summary>
    /// <exception cref="ArgumentException">It has other characters than letters, digits, '-', '_' and '.'.</exception>
    public static string Checked(string name) =>
        name.Length > 0 && name[0] != '-' && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
            ? name
            : throw new ArgumentException($"'{Excerpt.Of(name)}' cannot name a job; use letters, digits, '-', '_' and '.'");
}
