using System.Text.Json.Serialization;
using Trainer.Clusters.Slurm;
using Trainer.Failures;

namespace Trainer.Clusters;

/// <summary><c>submissions/1.json</c>: cells that were handed to a scheduler together. It is written before the scheduler is asked, so that
/// whoever comes after a crash knows by what names to look for the jobs.</summary>
internal sealed record Submission : IClusterRecord
{
    /// <summary>Its number, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>To whom.</summary>
    public required Launcher Launcher { get; init; }

    /// <summary>When, UTC. A later submission's tasks take runs over from an earlier one's.</summary>
    public required DateTimeOffset Submitted { get; init; }

    /// <summary>The cells, as "1-24,30".</summary>
    public required string Cells { get; init; }

    /// <summary>What was asked of the cluster.</summary>
    public required ClusterSettings Settings { get; init; }

    /// <summary>When it was cancelled, UTC; null while it was not.</summary>
    public DateTimeOffset? Cancelled { get; init; }

    /// <summary>The arrays, in order.</summary>
    public required IReadOnlyList<SubmissionPart> Parts { get; init; }

    bool IClusterRecord.IsSound => Number > 0 && Parts.All(part =>
        part is { Number: > 0, Offset: >= 0, Count: > 0 } && JobName.Is(part.Name) && (part.Job is null || JobNumber.Is(part.Job)));

    /// <summary>The cells.</summary>
    /// <exception cref="RunFailedException">Somebody has changed them.</exception>
    [JsonIgnore]
    public IndexRanges CellRanges => field ??= IndexRanges.TryParse(Cells)
        ?? throw new RunFailedException($"submission {Number}: '{Cells}' are no numbers of cells; submit the sweep again");

    /// <summary>The cells of one task.</summary>
    /// <param name="task">Its number among all of the submission, from 1.</param>
    public IReadOnlyList<int> CellsOf(int task)
    {
        IndexRanges all = CellRanges;
        int first = (task - 1) * Settings.CellsPerTask;
        return task < 1 || first >= all.Count
            ? throw new ConfigException(FormattableString.Invariant(
                $"--offset, --index: submission {Number} has {(all.Count + Settings.CellsPerTask - 1) / Settings.CellsPerTask} tasks, and no task {task}"))
            : [.. Enumerable.Range(first, Math.Min(Settings.CellsPerTask, all.Count - first)).Select(position => all[position])];
    }

    /// <summary>The cells of an array's tasks, with the task's index in the array.</summary>
    public IEnumerable<(int Cell, int Index)> CellsOf(SubmissionPart part)
    {
        IndexRanges all = CellRanges;
        long end = Math.Min(all.Count, ((long)part.Offset + part.Count) * Settings.CellsPerTask);
        for (long position = (long)part.Offset * Settings.CellsPerTask; position < end; position++)
        {
            yield return (all[(int)position], (int)(position / Settings.CellsPerTask) - part.Offset + 1);
        }
    }
}
