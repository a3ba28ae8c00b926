namespace Trainer.Schedules;

/// <summary>How long a run is, or what is left of it behind the warm-up.</summary>
/// <param name="PerEpoch">Steps in an epoch, at least 1; the short last batch is one of them.</param>
/// <param name="Total">All steps.</param>
public readonly record struct StepCounts(long PerEpoch, long Total);
