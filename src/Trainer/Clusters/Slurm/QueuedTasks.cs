namespace Trainer.Clusters.Slurm;

/// <summary>Tasks of one array that stand alike in the queue.</summary>
/// <param name="Job">The array's id.</param>
/// <param name="Name">The array's name.</param>
/// <param name="Indices">Which tasks; none where the job is no array.</param>
/// <param name="State">How they stand.</param>
/// <param name="Reason">Why they wait, in SLURM's words; some waiting tasks of an array may have one of several. Empty where it gives none.</param>
internal sealed record QueuedTasks(string Job, string Name, IndexRanges Indices, QueueState State, string Reason);
