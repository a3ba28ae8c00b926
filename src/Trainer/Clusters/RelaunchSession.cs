using Trainer.Failures;
using Trainer.Results;
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

    /// <summary>Submits.</summary>
    /// <exception cref="TrainerException">What went wrong, in a line.</exception>
    public ExitCode Execute()
    {
        using var alone = new RunLock(folder.Sweep.Path);
        ClusterPlan plan = new PlanFiles(folder).Plan();
        var submitter = new Submitter(folder, plan, shell.Clusters.Slurm, shell.Clusters.Clock);
        submitter.Reconcile();
        var sweep = ClusterSweep.Load(folder);
        Submission? last = sweep.Submissions.LastOrDefault();
        if (last?.Launcher == Launcher.Kubernetes)
        {
            throw new ConfigException($"{folder.Sweep.Path}: its job is in Kubernetes, which starts pods again by itself; 'trainer sweep SWEEP --launcher slurm' hands it to SLURM");
        }
        DateTimeOffset now = shell.Clusters.Clock.GetUtcNow();
        string[] names = [.. sweep.OpenParts().Select(part => part.Name)];
        QueueAnswer queue = names.Length == 0
            ? new QueueAnswer(now, [], [])
            : QueueAnswer.Ask(folder, names, shell.Clusters.Slurm, now, anew: true);
        IReadOnlyList<CellReport> reports = sweep.Reports(queue, now);
        int[] open = [.. reports.Where(report => !report.IsLive && (Retry ? report.Standing != CellStanding.Done : !report.HasEnded)).Select(report => report.Cell.Cell)];
        shell.Output.WriteLine(SweepStatusText.Counts(plan.Sweep, reports));
        if (open.Length > 0)
        {
            Submission submission = submitter.Submit(
                IndexRanges.Of(open), settings(last?.Settings ?? new ClusterSettings()), ProgramCopy.Make(folder.Path).Command, shell.Clusters.Slurm.MaxArraySize());
            shell.Output.WriteLine($"{SweepTable.Cells(open.Length)} submitted as {SubmissionText.Of(submission)}");
        }
        else
        {
            shell.Output.WriteLine(reports.All(report => report.HasEnded) ? "nothing to submit" : "nothing to submit: what is not done has its task");
        }
        if (!Retry && reports.Any(report => report.Standing is CellStanding.Failed or CellStanding.Diverged))
        {
            shell.Output.WriteLine("those that failed or diverged are left alone (--retry submits them again)");
        }
        return ExitCode.Ok;
    }
}
