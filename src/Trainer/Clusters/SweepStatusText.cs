using Trainer.Clusters.Kubernetes;
using Trainer.Results;
using Trainer.Terminal;

namespace Trainer.Clusters;

/// <summary>How a submitted sweep stands, in lines of text.</summary>
internal static class SweepStatusText
{
    // A screen or two; --json has all of them.
    private const int MostRows = 100;
    private const int LongestSettings = 60;

    private static readonly CellStanding[] Quiet = [CellStanding.Queued, CellStanding.Unsubmitted, CellStanding.Cancelled, CellStanding.Settling];

    // With these a task waits until somebody changes it, or the site.
    private static readonly string[] Lasting = ["PartitionTimeLimit", "PartitionNodeLimit", "BadConstraints"];

    /// <summary>"rates: 24 cells: 12 done, 4 at work, 8 queued".</summary>
    public static string Counts(string name, IReadOnlyList<CellReport> reports) => FormattableString.Invariant(
        $"{name}: {SweepTable.Cells(reports.Count)}: {string.Join(", ", reports.GroupBy(report => report.Standing).OrderBy(group => group.Key).Select(group => FormattableString.Invariant($"{group.Count()} {Word(group.Key)}")))}");

    /// <summary>All that 'status' prints.</summary>
    /// <param name="sweep">The sweep.</param>
    /// <param name="reports">How its cells stand.</param>
    /// <param name="queue">What the scheduler said; null where it was not asked.</param>
    /// <param name="now">The time.</param>
    /// <param name="rounded">Whether tables may be drawn in box characters.</param>
    public static IEnumerable<string> Lines(
        ClusterSweep sweep, IReadOnlyList<CellReport> reports, QueueAnswer? queue, DateTimeOffset now, bool rounded)
    {
        yield return Counts(sweep.Plan.Sweep, reports);
        CellReport[] shown = [.. reports.Where(IsShown)];
        if (shown.Length > 0)
        {
            foreach (string line in Table([.. shown.Take(MostRows)], rounded))
            {
                yield return line;
            }
        }
        if (shown.Length > MostRows)
        {
            yield return FormattableString.Invariant($"… and {shown.Length - MostRows} more (--json lists all)");
        }
        foreach (CellReport report in shown.Take(MostRows).Where(report => report.Standing != CellStanding.AtWork))
        {
            string ending = Message(report) + Log(sweep, report);
            if (ending.Length > 0)
            {
                yield return FormattableString.Invariant($"cell {report.Cell.Cell} {Word(report.Standing)}{ending}");
            }
        }
        CellReport[] queued = [.. reports.Where(report => report.Standing == CellStanding.Queued)];
        if (queued.Length > 0)
        {
            IEnumerable<string> reasons = queued.GroupBy(report => report.Message ?? "no reason given").OrderByDescending(group => group.Count())
                .Select(group => FormattableString.Invariant($"{group.Key} {group.Count()}"));
            yield return $"queued: {string.Join(", ", reasons)}";
        }
        if (queue is not null)
        {
            int age = (int)(now - queue.Asked).TotalSeconds;
            yield return age < 1 ? "queue:  asked now" : FormattableString.Invariant($"queue:  as it was {age} s ago (it is asked every {(int)QueueAnswer.Freshness.TotalSeconds} s at most)");
        }
        foreach (string line in Advice(sweep, reports))
        {
            yield return line;
        }
    }

    /// <summary>An object a cell, a line each.</summary>
    public static void WriteJson(TextWriter output, ClusterSweep sweep, IReadOnlyList<CellReport> reports)
    {
        foreach (CellReport report in reports)
        {
            PlannedCell cell = report.Cell;
            output.WriteLine(JsonText.Line(new StatusLine(
                cell.Cell, report.Standing, report.Task, report.Status?.Epoch, report.Status?.Epochs, cell.Name, cell.Hash, cell.Seed,
                cell.Varied.ToDictionary(setting => setting.Key, setting => setting.Value), sweep.RunOf(cell).Path, report.Message)));
        }
    }

    private static IEnumerable<string> Advice(ClusterSweep sweep, IReadOnlyList<CellReport> reports)
    {
        string path = sweep.Folder.Sweep.Path;
        if (sweep.Submissions.LastOrDefault() is { Launcher: Launcher.Kubernetes } last && reports.Any(report => !report.HasEnded))
        {
            yield return $"Kubernetes is not asked: 'kubectl get job {IndexedJob.NameOf(last.Parts[0].Name, last.Parts[0].Count)}' says what it knows";
        }
        int stopped = reports.Count(report => report.Standing is CellStanding.Stopped or CellStanding.Lost or CellStanding.Cancelled or CellStanding.Unsubmitted);
        int ended = reports.Count(report => report.Standing is CellStanding.Failed or CellStanding.Diverged);
        if (reports.Any(report => report.Standing == CellStanding.Settling))
        {
            yield return FormattableString.Invariant($"settling: gone from the queue, and how it ended is not written yet; within {ClusterSweep.Grace.TotalMinutes:0} min it is known, and 'resume' need not wait for it");
        }
        if (reports.FirstOrDefault(report => report.Standing == CellStanding.Queued && Lasting.Contains(report.Message)) is { } waiting)
        {
            yield return $"{waiting.Message}: does not pass by itself; 'trainer sweep cancel {path}', then 'trainer sweep resume {path}' with other options";
        }
        if (reports.FirstOrDefault(report => report.Standing == CellStanding.Held) is { Task: { } held })
        {
            yield return $"held: 'scontrol release {held}' lets a task go, once what held it is mended";
        }
        if (stopped > 0)
        {
            yield return $"resume: 'trainer sweep resume {path}' submits again what has no task ({stopped})";
        }
        if (ended > 0)
        {
            yield return $"failed or diverged: 'trainer sweep resume {path} --retry' submits them again ({ended})";
        }
        if (reports.Any(report => report.Standing == CellStanding.Done))
        {
            yield return $"results: 'trainer sweep collect {path}' writes the index of what is done";
        }
    }

    private static IEnumerable<string> Table(IReadOnlyList<CellReport> reports, bool rounded)
    {
        string[][] rows = [.. reports.Select(Row)];
        string[] heading = ["cell", "settings", "seed", "epoch", "task", "state"];
        int longest = rows.Append(heading).Max(row => row[1].Length);
        foreach (string[] row in rows.Append(heading))
        {
            row[1] = row[1].PadRight(longest);
        }
        return TextTable.Lines([heading], rows, rounded);
    }

    /// <summary>Whether there is more to say of it than how many there are like it.</summary>
    private static bool IsShown(CellReport report) =>
        report.Standing != CellStanding.Done && (!Quiet.Contains(report.Standing) || report.Status is { Epoch: > 0 });

    private static string[] Row(CellReport report)
    {
        string settings = SweepTable.Settings(report.Cell.Name, report.Cell.Varied.Select(setting => (setting.Key, setting.Value)));
        return
        [
            FormattableString.Invariant($"{report.Cell.Cell}"),
            settings.Length > LongestSettings ? settings[..(LongestSettings - 1)] + "." : settings,
            FormattableString.Invariant($"{report.Cell.Seed}"),
            report.Status is { } status ? FormattableString.Invariant($"{status.Epoch}/{status.Epochs}") : "-",
            report.Task ?? "-",
            Word(report.Standing),
        ];
    }

    private static string Word(CellStanding standing) => standing switch
    {
        CellStanding.AtWork => "at work",
        CellStanding.Unsubmitted => "not submitted",
        CellStanding.Unknown => "not known",
        _ => standing.ToString().ToLowerInvariant(),
    };

    /// <summary>": why"; some messages begin with how the cell stands.</summary>
    private static string Message(CellReport report) => report.Message is not { } message ? ""
        : message.StartsWith(Word(report.Standing) + ": ", StringComparison.Ordinal) ? message[Word(report.Standing).Length..]
        : ": " + message;

    /// <summary>Where its task's log lies, if it is there.</summary>
    private static string Log(ClusterSweep sweep, CellReport report) =>
        report.Task is { } task && sweep.LogOf(task) is { } log ? $" (log: {log})" : "";

    private sealed record StatusLine(
        int Cell, CellStanding State, string? Task, int? Epoch, int? Epochs, string Name, string Hash, ulong Seed,
        IReadOnlyDictionary<string, string> Varied, string Folder, string? Message);
}
