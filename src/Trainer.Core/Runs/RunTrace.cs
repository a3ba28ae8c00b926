namespace Trainer.Runs;

/// <summary>The first steps of a run in detail, to be compared with other software.</summary>
/// <param name="Initial">Parameters before step 1, in the order of the network's shape.</param>
/// <param name="FirstGradient">The gradient of step 1, in the same order.</param>
/// <param name="Losses">Mean loss of each of the first steps, before its update.</param>
public sealed record RunTrace(float[] Initial, float[] FirstGradient, IReadOnlyList<double> Losses);
