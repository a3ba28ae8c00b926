namespace Trainer.Clusters.Slurm;

/// <summary>A line of squeue's answer.</summary>
/// <param name="Tasks">Which tasks it is about.</param>
/// <param name="State">SLURM's word.</param>
/// <param name="Name">The job's name.</param>
/// <param name="Reason">Why they wait, or empty.</param>
internal sealed record SqueueLine(TaskExpression Tasks, string State, string Name, string Reason)
{
    /// <summary>Whether the line does not say of each task how it stands.</summary>
    public bool IsVague => Tasks.IsCut || StateWord.IsHeldInPart(Reason);
}
