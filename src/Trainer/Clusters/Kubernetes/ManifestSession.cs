using Trainer.Failures;
using Trainer.Terminal;

namespace Trainer.Clusters.Kubernetes;

/// <summary>
/// What <c>trainer sweep --launcher kubernetes --dry-run</c> does: it prints the job, and writes down what the job's pods read (the
/// plan, their submission, a copy of the program), without which the job would mean nothing. The same call again prints the same job.
/// </summary>
/// <param name="shell">Where to print.</param>
/// <param name="folder">The sweep.</param>
/// <param name="plan">Its plan.</param>
internal sealed class ManifestSession(Shell shell, ClusterFolder folder, ClusterPlan plan)
{
    /// <summary>Finds out what would be refused, before anything is written.</summary>
    /// <exception cref="ConfigException">The job cannot be printed.</exception>
    public void Check(ClusterSettings settings) => Job("sweep", 1, 1, settings, []).Text();

    /// <summary>Prints the job of what is not done, and of which SLURM has no task.</summary>
    /// <param name="settings">What is asked of the cluster.</param>
    /// <param name="retry">Whether cells that failed or diverged are run again.</param>
    /// <exception cref="TrainerException">The sweep cannot be read or written.</exception>
    public ExitCode Print(ClusterSettings settings, bool retry)
    {
        var sweep = ClusterSweep.Load(folder);
        DateTimeOffset now = shell.Clusters.Clock.GetUtcNow();
        IReadOnlyList<CellReport> reports = sweep.Reports(null, now);
        int[] open = [.. reports.Where(report => report.Standing != CellStanding.Done && (retry || !report.HasEnded)
            && sweep.LastOf(report.Cell) is null or { Launcher: Launcher.Kubernetes }).Select(report => report.Cell.Cell)];
        int done = reports.Count(report => report.Standing == CellStanding.Done);
        string count = $"{plan.Sweep}: {SweepTable.Cells(plan.Cells)}, {done} done";
        if (open.Length == 0)
        {
            string others = done < plan.Cells ? ": the others ended without success (--retry), or SLURM has them" : "";
            shell.Error.WriteLine($"{count}; nothing is left for a job{others}");
            return ExitCode.Ok;
        }
        Submission submission = Again(sweep, open, settings) ?? Planned(sweep, open, settings, now);
        ProgramCopy program = ProgramCopy.Make(folder.Path);
        folder.Keep(submission);
        SubmissionPart part = submission.Parts[0];
        shell.Output.Write(Job(part.Name, submission.Number, part.Count, settings, program.CommandElsewhere).Text());
        shell.Error.WriteLine($"{count}, {open.Length} in the job; its pods read {folder.Path}; nothing is submitted: 'kubectl apply -f -' takes what is printed");
        return ExitCode.Ok;
    }

    /// <summary>The job that was printed last, where it has all that is open, and cells in its tasks as now: its pods may be at work.</summary>
    private static Submission? Again(ClusterSweep sweep, int[] open, ClusterSettings settings) =>
        sweep.Submissions.LastOrDefault() is { Launcher: Launcher.Kubernetes, Cancelled: null } last
        && last.Settings.CellsPerTask == settings.CellsPerTask && open.All(last.CellRanges.Contains)
            ? last with { Settings = settings }
            : null;

    private Submission Planned(ClusterSweep sweep, int[] open, ClusterSettings settings, DateTimeOffset now)
    {
        Submission? before = sweep.Submissions.LastOrDefault();
        int number = (before?.Number ?? 0) + 1;
        int tasks = (open.Length + settings.CellsPerTask - 1) / settings.CellsPerTask;
        return new Submission
        {
            Number = number,
            Launcher = Launcher.Kubernetes,
            // Later than all others, whatever the clock of this machine says.
            Submitted = before is not null && before.Submitted >= now ? before.Submitted + TimeSpan.FromSeconds(1) : now,
            Cells = IndexRanges.Of(open).ToString(),
            Settings = settings,
            Parts = [new SubmissionPart(1, 0, tasks, FormattableString.Invariant($"trainer-{plan.Sweep}-{plan.Token}-{number}-1"))],
        };
    }

    private IndexedJob Job(string name, int submission, int tasks, ClusterSettings settings, IReadOnlyList<string> program) => new()
    {
        Name = name,
        Completions = tasks,
        Command = [.. program, "sweep-task", Path.GetFullPath(folder.Sweep.Path), "--submission", FormattableString.Invariant($"{submission}"), "--offset", "0"],
        WorkingFolder = plan.WorkingFolder,
        Results = plan.Results,
        Folders = [.. plan.Data.Select(data => data.Folder).OfType<string>()],
        Settings = settings,
    };
}
