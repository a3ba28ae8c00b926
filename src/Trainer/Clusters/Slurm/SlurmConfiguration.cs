using System.Globalization;
using System.Text.RegularExpressions;

namespace Trainer.Clusters.Slurm;

/// <summary>Reads what <c>scontrol show config</c> prints.</summary>
internal static partial class SlurmConfiguration
{
    /// <summary>One more than the largest index, and one more than the most tasks, of an array; null where nothing is said.</summary>
    /// <param name="output">What scontrol printed.</param>
    public static int? MaxArraySize(string output)
    {
        int? size = Number(SizeLine().Match(output));
        // A bound on the tasks of an array, which a site may set below that of the indices.
        return Number(TasksWord().Match(output)) is { } tasks && !(size <= tasks) ? tasks + 1 : size;
    }

    private static int? Number(Match match) => match.Success
        && int.TryParse(match.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number < int.MaxValue
        ? number
        : null;

    [GeneratedRegex(@"^MaxArraySize\s*=\s*([0-9]+)\s*$", RegexOptions.Multiline)]
    private static partial Regex SizeLine();

    [GeneratedRegex(@"^SchedulerParameters\s*=.*\bmax_array_tasks=([0-9]+)", RegexOptions.Multiline)]
    private static partial Regex TasksWord();
}
