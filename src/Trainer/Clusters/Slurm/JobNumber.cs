using Trainer.Yaml;

namespace Trainer.Clusters.Slurm;

/// <summary>The id of a job, as text of digits: it goes into command lines.</summary>
internal static class JobNumber
{
    // SLURM's ids have 32 bits.
    private const int MostDigits = 10;

    /// <summary>Gives back <paramref name="job"/>.</summary>
    /// <exception cref="ArgumentException">It is no id of a job.</exception>
    public static string Checked(string job) =>
        Is(job) ? job : throw new ArgumentException($"'{Excerpt.Of(job)}' is no id of a SLURM job");

    /// <summary>Whether <paramref name="text"/> is the id of a job.</summary>
    public static bool Is(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= MostDigits && text[0] != '0' && !text.ContainsAnyExceptInRange('0', '9');
}
