namespace Trainer.Runs;

/// <summary>Where a run goes on.</summary>
/// <param name="Checkpoint">Where it was.</param>
/// <param name="Recorded">The epochs recorded up to there, from 0 on.</param>
public sealed record Resumption(Checkpoint Checkpoint, IReadOnlyList<EpochRecord> Recorded);
