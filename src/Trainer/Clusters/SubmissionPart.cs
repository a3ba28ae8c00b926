namespace Trainer.Clusters;

/// <summary>An array of a submission: a site's scheduler takes only so many tasks in one.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Offset">How many tasks are in the parts before it.</param>
/// <param name="Count">How many tasks it has: their indices are 1 to this.</param>
/// <param name="Name">The job's name, which no other has.</param>
/// <param name="Job">What the scheduler calls it; null while it has not said so.</param>
internal sealed record SubmissionPart(int Number, int Offset, int Count, string Name, string? Job = null);
