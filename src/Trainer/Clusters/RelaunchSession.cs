using Trainer.Failures;
using Trainer.Results;
using Trainer.Storage;
using Trainer.Sweeps;
using Trainer.Terminal;

namespace Trainer.Clusters;

/// <summary>What <c>trainer sweep resume</c> does: submits what is not done and what no task is there for.</summary>
/// <param name="shell">Where to print.</param>
/// <param name="folder">The sweep.</param>
/// <param name="settings">What is asked of the cluster, seen what was asked before.</param>
internal sealed class RelaunchSession(Shell shell, ClusterFolder folder, Func<ClusterSettings, ClusterSettings> settings)
{
    /// <summary>Whether cells that failed or diverged are run again.</summary>
    public bool Retry { get; init; }

    /// <summary>Where the images lie now; null for where they lay.</summary>
    public string? Data { get; init; }

    /// <summary>Submits.</summary>
    /// <exception cref="TrainerException">What went wrong, in a line.</exception>
    public ExitCode Execute()
    {
        using RunLock alone = SweepHold.Take(shell, folder);
        ClusterPlan plan = new PlanFiles(folder).Plan();
        SweepHold.ThrowIfOthers(shell, folder, plan);
        plan = Moved(plan);
        var submitter = new Submitter(folder, plan, shell.Clusters.Slurm, shell.Clusters.Clock);
        submitter.Reconcile();
        var sweep = ClusterSweep.Load(folder);
        Submission? last = sweep.Submissions.LastOrDefault(submission => submission.Parts.Count > 0);
        if (last?.Launcher == Launcher.Kubernetes)
        {
            throw new ConfigException($"{folder.Sweep.Path}: its job is in Kubernetes, which starts pods again by itself; 'trainer sweep SWEEP --launcher slurm' hands it to SLURM");
        }
        IReadOnlyList<CellReport> reports = Reports(sweep);
        shell.Output.WriteLine(SweepStatusText.Counts(plan.Sweep, reports));
        int[] open = [.. reports.Where(IsOpen).Select(report => report.Cell.Cell)];
        if (open.Length > 0)
        {
            Submission submission = submitter.Submit(
                IndexRanges.Of(open), settings(last?.Settings ?? Written()), ProgramCopy.Make(folder.Path).Command, shell.Clusters.Slurm.MaxArraySize());
            shell.Output.WriteLine($"{SweepTable.Cells(open.Length)} submitted as {SubmissionText.Of(submission)}");
            if (submission.Settings.Parallel is { } parallel && reports.Any(report => report.IsLive))
            {
                shell.Output.WriteLine($"--parallel {parallel} counts for each job: with those submitted before, more tasks may run at a time");
            }
            shell.Output.WriteLine($"status:  trainer sweep status {folder.Sweep.Path}");
        }
        else
        {
            shell.Output.WriteLine(reports.All(report => !report.IsLive) ? "nothing to submit" : "nothing to submit: what is not done has its task");
        }
        if (!Retry && reports.Any(report => report.Standing is CellStanding.Failed or CellStanding.Diverged))
        {
            shell.Output.WriteLine("those that failed or diverged are left alone (--retry submits them again)");
        }
        return ExitCode.Ok;
    }

    /// <summary>What the sweep file asks for, where nothing was ever submitted.</summary>
    private ClusterSettings Written() => File.Exists(folder.Sweep.Copy) ? SweepReader.Read(folder.Sweep.Copy).Cluster : new ClusterSettings();

    /// <summary>Has the tasks look for the images elsewhere; that they are the same ones, each sees for itself.</summary>
    private ClusterPlan Moved(ClusterPlan plan)
    {
        if (Data is null)
        {
            return plan;
        }
        string place = Directory.Exists(Data) ? Path.GetFullPath(Data) : throw new ConfigException($"--data {Data}: no such folder");
        plan = plan with { Data = [.. plan.Data.Select(images => images.Folder is null ? images : images with { Folder = place })] };
        AtomicFile.WriteText(folder.Plan, JsonText.File(plan));
        return plan;
    }

    /// <summary>The queue is asked before the files are read: what ends in between is known to one of them.</summary>
    private IReadOnlyList<CellReport> Reports(ClusterSweep sweep)
    {
        DateTimeOffset now = shell.Clusters.Clock.GetUtcNow();
        string[] names = [.. sweep.OpenParts().Select(part => part.Name)];
        QueueAnswer queue = names.Length == 0
            ? QueueAnswer.OfNothing(now)
            : QueueAnswer.Ask(folder, names, shell.Clusters.Slurm, now, anew: true);
        sweep.Refresh();
        return sweep.Reports(queue, now);
    }

    /// <summary>A cell that is settling is taken as well: SLURM shows a task until its processes have ended, and a task that finds its cell done
    /// since is over in a second.</summary>
    private bool IsOpen(CellReport report) => !report.IsLive && (Retry ? report.Standing != CellStanding.Done : !report.HasEnded);
}
