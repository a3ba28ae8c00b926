using Trainer.Clusters.Slurm;
using Trainer.Failures;
using Trainer.Terminal;

namespace Trainer.Clusters;

/// <summary>What <c>trainer sweep status</c> does: says how every cell stands, and changes nothing.</summary>
/// <param name="shell">Where to print.</param>
/// <param name="folder">The sweep.</param>
/// <param name="json">Whether to print JSON lines.</param>
internal sealed class StatusSession(Shell shell, ClusterFolder folder, bool json)
{
    /// <summary>Reads files, asks the scheduler once, and prints.</summary>
    /// <exception cref="TrainerException">What went wrong, in a line.</exception>
    public ExitCode Execute()
    {
        var sweep = ClusterSweep.Load(folder);
        DateTimeOffset now = shell.Clusters.Clock.GetUtcNow();
        string[] names = [.. sweep.OpenParts().Select(part => part.Name)];
        QueueAnswer? queue = new(now, [], []);
        if (names.Length > 0)
        {
            try
            {
                queue = QueueAnswer.Ask(folder, names, shell.Clusters.Slurm, now, anew: false);
            }
            catch (SchedulerException failure)
            {
                queue = null;
                shell.Error.WriteLine($"trainer: the queue cannot be asked ({failure.Message}); what follows is from files alone");
            }
        }
        IReadOnlyList<CellReport> reports = Explained(sweep, sweep.Reports(queue, now));
        if (json)
        {
            SweepStatusText.WriteJson(shell.Output, sweep, reports);
            return ExitCode.Ok;
        }
        bool isRounded = shell.IsTerminal && shell.Console.Profile.Capabilities.Unicode;
        foreach (string line in SweepStatusText.Lines(sweep, reports, names.Length == 0 ? null : queue, now, isRounded))
        {
            shell.Output.WriteLine(line);
        }
        return ExitCode.Ok;
    }

    /// <summary>What the site's accounting says of the tasks of lost cells, where it keeps any.</summary>
    private IReadOnlyList<CellReport> Explained(ClusterSweep sweep, IReadOnlyList<CellReport> reports)
    {
        CellReport[] lost = [.. reports.Where(report => report.Standing == CellStanding.Lost)];
        if (lost.Length == 0)
        {
            return reports;
        }
        var tasks = new Dictionary<int, (string Job, int Index)>();
        foreach (CellReport report in lost)
        {
            if (sweep.TaskOf(report.Cell) is { } task)
            {
                tasks[report.Cell.Cell] = task;
            }
        }
        // An id may have become another job's meanwhile.
        HashSet<string> names = [.. sweep.Submissions.SelectMany(submission => submission.Parts).Select(part => part.Name)];
        ILookup<(string, int), string> words = (Accounting([.. tasks.Values.Select(task => task.Job).Distinct()]) ?? [])
            .Where(task => names.Contains(task.Name))
            .ToLookup(task => (task.Job, task.Index), task => task.State == "COMPLETED" ? "" : $"SLURM says {task.State}, exit code {task.ExitCode}");
        return [.. reports.Select(report => report.Standing == CellStanding.Lost && tasks.TryGetValue(report.Cell.Cell, out (string Job, int Index) task)
            ? report with { Task = report.Task ?? FormattableString.Invariant($"{task.Job}_{task.Index}"), Message = words[task].LastOrDefault(word => word.Length > 0) }
            : report)];
    }

    private IReadOnlyList<AccountedTask>? Accounting(IReadOnlyCollection<string> jobs)
    {
        try
        {
            return jobs.Count == 0 ? null : shell.Clusters.Slurm.Accounting(jobs);
        }
        catch (SchedulerException)
        {
            return null;
        }
    }
}
