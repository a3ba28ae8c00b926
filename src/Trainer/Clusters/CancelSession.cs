using Trainer.Clusters.Kubernetes;
using Trainer.Failures;
using Trainer.Results;
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
        IReadOnlyList<SubmissionPart> parts = sweep.OpenParts();
        string[] jobs = [.. parts.Select(part => part.Job ?? part.Name)];
        shell.Clusters.Slurm.Cancel([.. parts.Select(part => part.Name)]);
        shell.Output.WriteLine(jobs.Length == 0
            ? $"{plan.Sweep}: nothing of it is submitted to SLURM and not done"
            : $"{plan.Sweep}: cancelled {(jobs.Length == 1 ? "job" : "jobs")} {string.Join(", ", jobs)}; what is done is kept, and so is what is at work, at a checkpoint");
        if (sweep.Submissions.LastOrDefault() is { Launcher: Launcher.Kubernetes } last)
        {
            shell.Output.WriteLine($"Kubernetes is not asked: 'kubectl delete job {IndexedJob.NameOf(last.Parts[0].Name, last.Parts[0].Count)}' ends its pods; none of them begins another cell");
            return ExitCode.Ok;
        }
        if (sweep.DoneCount < plan.Cells)
        {
            shell.Output.WriteLine($"'trainer sweep resume {folder.Sweep.Path}' goes on with it");
        }
        return ExitCode.Ok;
    }
}
