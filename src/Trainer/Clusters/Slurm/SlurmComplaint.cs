using System.Text.RegularExpressions;
using Trainer.Yaml;

namespace Trainer.Clusters.Slurm;

/// <summary>What SLURM's programs say when they fail.</summary>
internal static partial class SlurmComplaint
{
    // Words for a controller that is down, busy or behind a broken network, of SLURM 17 to 25 and of the C library. Asking a
    // controller that is down to requeue gives "Unexpected message received" (22.05).
    private static readonly string[] Unreachable =
    [
        "Unable to contact slurm controller", "Unable to establish controller machine", "Unable to establish control machine",
        "Unable to connect to database", "Slurm backup controller in standby mode", "Could not establish a configuration source",
        "Communication connection failure", "Communication shutdown failure", "Message receive failure", "Message send failure",
        "Unexpected message received", "Zero Bytes were transmitted or received", "Slurm temporarily unable to accept job",
        "Socket timed out", "Connection refused", "Connection reset", "Connection timed out", "No route to host", "Network is unreachable",
        "Transport endpoint is not connected", "Resource temporarily unavailable", "Munge encode failed",
    ];

    // A site's own check of submissions may answer with a page.
    private const int Longest = 400;

    /// <summary>Whether the words say that the controller did not answer.</summary>
    public static bool IsUnreachable(string words) =>
        Unreachable.Any(sign => words.Contains(sign, StringComparison.OrdinalIgnoreCase));

    /// <summary>A program's failure, in its own words.</summary>
    public static SchedulerException Of(string program, ProgramResult result)
    {
        string words = string.Join("; ", Lines(result));
        return new SchedulerException(words.Length > 0
            ? $"{program}: {OneLine(words)}"
            : $"{program}: failed with exit code {result.ExitCode} and no word")
        {
            // Without a word it was ended by somebody, and may have asked before.
            IsUnreachable = words.Length == 0 || IsUnreachable(words),
        };
    }

    /// <summary>The beginning of <paramref name="words"/> as one line that a terminal can show.</summary>
    public static string OneLine(string words) =>
        Excerpt.OneLine(words.Length <= Longest ? words : words[..Longest].TrimEnd() + "...");

    /// <summary>The lines of a failure without "sbatch: error: "; of standard output where standard error has none.</summary>
    public static IReadOnlyList<string> Lines(ProgramResult result)
    {
        IReadOnlyList<string> errors = NonEmpty(result.Error);
        return errors.Count > 0 ? errors : NonEmpty(result.Output);
    }

    /// <summary>The lines of a text that have something in them.</summary>
    public static IReadOnlyList<string> NonEmpty(string text) =>
        [.. text.Split('\n').Select(line => Heading().Replace(line.Trim(), "")).Where(line => line.Length > 0)];

    [GeneratedRegex("^[a-z]+: (error|fatal): ")]
    private static partial Regex Heading();
}
