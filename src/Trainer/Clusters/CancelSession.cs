using Trainer.Clusters.Kubernetes;
using Trainer.Failures;
using Trainer.Results;
using Trainer.Storage;
using Trainer.Terminal;

namespace Trainer.Clusters;

/// <summary>What <c>trainer sweep cancel</c> does: marks the sweep, so that no task begins a cell or has itself requeued any more, then has
/// the scheduler end the tasks, which keep what they have.</summary>
/// <param name="shell">Where to print.</param>
/// <param name="folder">The sweep.</param>
internal sealed class CancelSession(Shell shell, ClusterFolder folder)
{
    /// <summary>Cancels.</summary>
    /// <exception cref="TrainerException">What went wrong, in a line.</exception>
    public ExitCode Execute()
    {
        using RunLock alone = SweepHold.Take(shell, folder);
        ClusterPlan plan = new PlanFiles(folder).Plan();
        SweepHold.ThrowIfOthers(shell, folder, plan);
        DateTimeOffset now = shell.Clusters.Clock.GetUtcNow();
        foreach (Submission submission in folder.AllSubmissions().Where(submission => submission.Cancelled is null))
        {
            folder.Keep(submission with { Cancelled = now });
        }
        var sweep = ClusterSweep.Load(folder);
        SubmissionPart[] parts = [.. Live(sweep.OpenParts())];
        shell.Clusters.Slurm.Cancel([.. parts.Select(part => part.Name)]);
        // What it said before is out of date.
        WriteFailure.Retry(() => Disk.Current.DeleteFile(folder.Queue));
        shell.Output.WriteLine(parts.Length == 0
            ? $"{plan.Sweep}: nothing of it is queued or at work"
            : $"{plan.Sweep}: cancelled {(parts.Length == 1 ? "job" : "jobs")} {string.Join(", ", parts.Select(part => part.Job ?? part.Name))}; what is done is kept, and so is what is at work, at a checkpoint");
        if (sweep.Submissions.LastOrDefault() is { Launcher: Launcher.Kubernetes } last)
        {
            shell.Output.WriteLine($"Kubernetes is not asked: 'kubectl delete job {IndexedJob.NameOf(last.Parts[0].Name, last.Parts[0].Count)}' ends its pods; none of them begins another cell");
            return ExitCode.Ok;
        }
        if (parts.Length > 0)
        {
            shell.Output.WriteLine($"'trainer sweep resume {folder.Sweep.Path}' goes on with it");
        }
        return ExitCode.Ok;
    }

    /// <summary>The arrays that SLURM still knows; all where it does not say.</summary>
    private IEnumerable<SubmissionPart> Live(IReadOnlyList<SubmissionPart> parts)
    {
        // One without an id may be on its way.
        HashSet<string> live = [.. shell.Clusters.Slurm.Queue([.. parts.Select(part => part.Name)]).Select(tasks => tasks.Name)];
        return parts.Where(part => part.Job is null || live.Contains(part.Name));
    }
}
