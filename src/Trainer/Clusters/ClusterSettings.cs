using System.Text.RegularExpressions;
using Trainer.Clusters.Kubernetes;
using Trainer.Yaml;

namespace Trainer.Clusters;

/// <summary>
/// What a sweep asks of a cluster. No value holds a character that ends a line, an argument or a quotation, whoever it is handed
/// on to; what SLURM would refuse only after it has been asked is refused here where it can be seen from the text alone.
/// </summary>
internal sealed partial record ClusterSettings
{
    /// <summary>The most of anything that is counted, unless its own bound is lower.</summary>
    public const int Most = 1_000_000;

    /// <summary>The most <see cref="SignalSeconds"/>: SLURM keeps them in 16 bits.</summary>
    public const int MostSignalSeconds = 65_535;

    private const int LongestWord = 256;

    /// <summary>The partition; null for the site's own choice, as for all that may be null.</summary>
    public string? Partition { get; init => field = Word(value); }

    /// <summary>The account that pays.</summary>
    public string? Account { get; init => field = Word(value); }

    /// <summary>The longest time of a task: minutes, minutes:seconds, hours:minutes:seconds, days-hours and so on.</summary>
    public string? Time
    {
        get;
        init => field = Of(value, IsTime(), "is no time; write minutes as 30, else 1:30:00, or 2-12 for two days and a half");
    }

    /// <summary>Memory of a task, in MiB unless K, M, G or T follows.</summary>
    public string? Memory
    {
        get;
        init => field = Of(value, IsMemory(), "is no memory; write e.g. 4G, or 4096 for as many megabytes");
    }

    /// <summary>Cores of a task.</summary>
    public int? Cpus { get; init => field = Count(value, 1, Most); }

    /// <summary>Other resources, as <c>gpu:1</c>.</summary>
    public string? Gres
    {
        get;
        init => field = Of(value, IsGres(), "is no list of resources; write e.g. gpu:1 or gpu:a100:2");
    }

    /// <summary>Which nodes, by their features.</summary>
    public string? Constraint { get; init => field = Word(value); }

    /// <summary>Tasks at a time at most.</summary>
    public int? Parallel { get; init => field = Count(value, 1, Most); }

    /// <summary>Seconds that a task is told beforehand that it will be ended, so that it can write a checkpoint.</summary>
    public int SignalSeconds { get; init => field = Count(value, 1, MostSignalSeconds)!.Value; } = 90;

    /// <summary>How often a task puts itself back into the queue at most.</summary>
    public int Requeues { get; init => field = Count(value, 0, Most)!.Value; } = 20;

    /// <summary>Cells that a task runs one after the other.</summary>
    public int CellsPerTask { get; init => field = Count(value, 1, Sweeps.SweepPlanner.MostCells)!.Value; } = 1;

    /// <summary>Arguments of <c>sbatch</c> beside those that stand here.</summary>
    public IReadOnlyList<string> SbatchArguments { get; init => field = [.. value.Select(argument => SbatchArgument.Checked(argument ?? ""))]; } = [];

    /// <summary>What only Kubernetes has.</summary>
    public KubernetesSettings Kubernetes { get; init; } = new();

    /// <summary>A word without what quotes, comments or separates.</summary>
    private static string? Word(string? text) => text is null || (text.Length is > 0 and <= LongestWord && text.All(IsOfWord))
        ? text
        : throw new ArgumentException(text.Length == 0 ? "is empty; leave it out" : text.Length > LongestWord
            ? $"'{Excerpt.Of(text)}' has more than {LongestWord} characters"
            : $"'{Excerpt.Of(text)}' holds a space, a quote, '\\', '#' or what cannot be printed, which a cluster does not take");

    private static bool IsOfWord(char c) => c is > ' ' and <= '~' ? c is not ('"' or '\'' or '`' or '\\' or '#') : char.IsLetterOrDigit(c);

    private static string? Of(string? text, Regex syntax, string problem) => text is null || syntax.IsMatch(text)
        ? Word(text)
        : throw new ArgumentException($"'{Excerpt.Of(text)}' {problem}");

    /// <summary>The same number.</summary>
    /// <exception cref="ArgumentException">It lies outside.</exception>
    internal static int? Count(int? value, int least, int most) => value is not { } number || (number >= least && number <= most)
        ? value
        : throw new ArgumentException(FormattableString.Invariant($"must be at least {least} and at most {most}, not {number}"));

    [GeneratedRegex(@"^([0-9]{1,9}(:[0-9]{1,2}){0,2}|[0-9]{1,6}-[0-9]{1,2}(:[0-9]{1,2}){0,2}|UNLIMITED|INFINITE)\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex IsTime();

    [GeneratedRegex(@"^[0-9]{1,15}[KMGT]?\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex IsMemory();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_.-]*(:[A-Za-z0-9_.-]+){0,2}(,[A-Za-z][A-Za-z0-9_.-]*(:[A-Za-z0-9_.-]+){0,2})*\z", RegexOptions.CultureInvariant)]
    private static partial Regex IsGres();
}
