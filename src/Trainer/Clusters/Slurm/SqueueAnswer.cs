namespace Trainer.Clusters.Slurm;

/// <summary>Reads the lines that squeue prints in <see cref="Format"/>.</summary>
internal static class SqueueAnswer
{
    /// <summary>
    /// Id with indices, state, name, reason. Of squeue's two ways to choose columns, --format prints a field as it is where no width
    /// is given, in all versions; --Format pads and cuts each to 20 characters. A bar is in no id, state or name of ours, and what comes
    /// after the third belongs to the reason, which is the site's words.
    /// </summary>
    public const string Format = "%i|%T|%j|%r";

    private const int Fields = 4;

    /// <summary>Reads an answer.</summary>
    /// <param name="output">What squeue printed.</param>
    /// <param name="names">The names to keep the jobs of.</param>
    /// <exception cref="SchedulerException">A line of such a job cannot be read: to leave it out could submit a live task again.</exception>
    public static IReadOnlyList<SqueueLine> Read(string output, IReadOnlySet<string> names)
    {
        var lines = new List<SqueueLine>();
        foreach (string line in output.Split('\n'))
        {
            // Fewer fields: what a site's wrapper says.
            if (line.TrimEnd('\r').Split('|', Fields) is [var tasks, var state, var name, var reason] && names.Contains(name.Trim()))
            {
                lines.Add(Read(line, tasks.Trim(), state.Trim(), name.Trim(), reason.Trim()));
            }
        }
        return lines;
    }

    /// <summary>Puts lines of tasks that stand alike together, in the order of their jobs, without those that are over.</summary>
    public static IReadOnlyList<QueuedTasks> Gather(IEnumerable<SqueueLine> lines) =>
    [
        .. lines
            .Select(line => (line.Tasks, line.Name, State: StateWord.Read(line.State, line.Reason), line.Reason))
            .Where(line => line.State is not null)
            .GroupBy(line => (line.Tasks.Job, line.Name, line.State, line.Reason))
            .Select(alike => new QueuedTasks(
                alike.Key.Job, alike.Key.Name, IndexRanges.Of(alike.SelectMany(line => line.Tasks.Indices)), alike.Key.State!.Value, alike.Key.Reason))
            .OrderBy(tasks => tasks.Job.Length).ThenBy(tasks => tasks.Job, StringComparer.Ordinal)
            .ThenBy(tasks => tasks.Indices.Count == 0 ? 0 : tasks.Indices[0]),
    ];

    private static SqueueLine Read(string line, string tasks, string state, string name, string reason) =>
        TaskExpression.TryParse(tasks) is { } expression
            // What squeue prints for no reason at all.
            ? new SqueueLine(expression, state, name, reason is "None" or "(null)" or "N/A" ? "" : reason)
            : throw new SchedulerException($"squeue: answered what is not understood: {SlurmComplaint.OneLine(line.Trim())}");
}
