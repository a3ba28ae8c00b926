using System.Text.RegularExpressions;
using Trainer.Yaml;

namespace Trainer.Clusters;

/// <summary>
/// What may be handed on to <c>sbatch</c> as it is: a long option, with its value behind '='. Not those that the launcher sets, nor
/// those that make sbatch do something else than to submit and say the job's number. It takes every beginning of a name that
/// only one has, so the beginnings are refused, too.
/// </summary>
internal static partial class SbatchArgument
{
    private const int Longest = 1024;
    private const string Own = "the launcher sets it itself";

    private static readonly (string Name, string Mend)[] Refused =
    [
        ("--partition", "write --partition, or partition in the sweep file"),
        ("--account", "write --account, or account in the sweep file"),
        ("--time", "write --time, or time in the sweep file"),
        ("--mem", "write --memory, or memory in the sweep file"),
        ("--cpus-per-task", "write --cpus, or cpus in the sweep file"),
        ("--gres", "write --gres, or gres in the sweep file"),
        ("--constraint", "write --constraint, or constraint in the sweep file"),
        ("--array", Own + " from the cells; --parallel says how many tasks run at a time"),
        ("--signal", Own + "; --signal-seconds says how long before the end"),
        ("--requeue", Own + "; --requeues says how often"),
        ("--no-requeue", Own + "; write --requeues 0"),
        ("--output", Own + "; the logs lie beside the sweep"),
        ("--error", Own + "; the logs lie beside the sweep"),
        ("--job-name", Own + ", and finds the job again by it"),
        ("--open-mode", Own),
        ("--chdir", Own + ": where the sweep is submitted"),
        ("--dependency", Own + "; --begin waits for a time"),
        ("--wrap", Own + ": it has a script"),
        ("--parsable", Own),
        ("--test-only", "nothing would be submitted; --dry-run prints the script"),
        ("--wait", "sbatch would not return; 'trainer sweep status' says what is done"),
        ("--clusters", "a sweep goes to the cluster that is logged in to"),
        ("--help", "nothing would be submitted"),
        ("--usage", "nothing would be submitted"),
        ("--version", "nothing would be submitted"),
    ];

    // Names of their own that are the beginning of a refused one's.
    private static readonly string[] Others = ["--nice"];

    /// <summary>The same argument.</summary>
    /// <exception cref="ArgumentException">It cannot be handed on; the message says why, and the mend.</exception>
    public static string Checked(string argument)
    {
        string shown = Excerpt.Of(argument);
        if (argument.Length > Longest || argument != Excerpt.OneLine(argument))
        {
            throw new ArgumentException($"'{shown}' holds what cannot be printed, or more than {Longest} characters");
        }
        if (!IsOption().IsMatch(argument))
        {
            throw new ArgumentException($"'{shown}' is no long option of sbatch; write e.g. --qos=long");
        }
        string name = argument.Split('=')[0];
        return Others.Contains(name) || Refused.FirstOrDefault(refused => refused.Name.StartsWith(name, StringComparison.Ordinal)) is not { Name: { } full } found
            ? argument
            : throw new ArgumentException($"'{shown}'{(name == full ? "" : $" can mean {full}")}: {found.Mend}");
    }

    [GeneratedRegex(@"^--[a-z][a-z0-9-]*(=.*)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex IsOption();
}
