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
        SlurmClient slurm = shell.Clusters.Slurm.Of(sweep.Plan.User);
        QueueAnswer? queue = QueueAnswer.OfNothing(now);
        if (names.Length > 0)
        {
            try
            {
                queue = QueueAnswer.Ask(folder, names, slurm, now, anew: false);
                sweep.Refresh();
            }
            catch (SchedulerException failure)
            {
                queue = null;
                shell.Error.WriteLine($"trainer: the queue cannot be asked ({failure.Message}); what follows is from files alone");
            }
        }
        IReadOnlyList<CellReport> reports = Explained(sweep, slurm, sweep.Reports(queue, now));
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

    /// <summary>What the site's accounting says of the tasks of lost cells, where it keeps any; else the last word of their logs.</summary>
    private static IReadOnlyList<CellReport> Explained(ClusterSweep sweep, SlurmClient slurm, IReadOnlyList<CellReport> reports)
    {
        string[] jobs = [.. reports.Where(report => report.Standing == CellStanding.Lost).Select(report => sweep.TaskOf(report.Cell)?.Job).OfType<string>().Distinct()];
        if (jobs.Length == 0)
        {
            return reports;
        }
        // An id may have become another job's meanwhile.
        HashSet<string> names = [.. sweep.Submissions.SelectMany(submission => submission.Parts).Select(part => part.Name)];
        ILookup<(string, int), string> words = (Accounting(slurm, jobs) ?? [])
            .Where(task => names.Contains(task.Name) && task.State != "COMPLETED")
            .ToLookup(task => (task.Job, task.Index), task => $"SLURM says {task.State}, exit code {task.ExitCode}");
        return [.. reports.Select(report => report.Standing == CellStanding.Lost ? Explained(report) : report)];

        CellReport Explained(CellReport report)
        {
            if (sweep.TaskOf(report.Cell) is not { } task)
            {
                return report;
            }
            string name = report.Task ?? FormattableString.Invariant($"{task.Job}_{task.Index}");
            return report with { Task = name, Message = words[task].LastOrDefault() ?? TaskLog.LastWord(sweep.LogOf(name), sweep.LogsOf(report.Cell)!) };
        }
    }

    private static IReadOnlyList<AccountedTask>? Accounting(SlurmClient slurm, IReadOnlyCollection<string> jobs)
    {
        try
        {
            return slurm.Accounting(jobs);
        }
        catch (SchedulerException)
        {
            return null;
        }
    }
}
