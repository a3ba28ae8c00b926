using Trainer.Clusters.Slurm;

namespace Trainer.Clusters;

/// <summary>Tasks of one array that stand alike in the queue.</summary>
/// <param name="Job">The array's id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Indices">The tasks, as "1-24,30".</param>
/// <param name="State">How they stand.</param>
/// <param name="Reason">Why they wait, in the scheduler's words.</param>
internal sealed record QueueLine(string Job, string Name, string Indices, QueueState State, string Reason)
{
    /// <summary>The same, to be written down.</summary>
    public static QueueLine Of(QueuedTasks tasks) => new(tasks.Job, tasks.Name, tasks.Indices.ToString(), tasks.State, tasks.Reason);
}
