namespace Trainer.Benchmarks.Gpu;

/// <summary>What an epoch of a case is, as it was trained.</summary>
/// <param name="Rows">Its rows.</param>
/// <param name="Steps">Its steps.</param>
/// <param name="Launches">Its launches.</param>
/// <param name="OrderSeconds">Seconds in which the host draws the order of the rows.</param>
/// <param name="Work">What it asks of a device.</param>
internal sealed record EpochFacts(int Rows, int Steps, long Launches, double OrderSeconds, EpochWork Work);
