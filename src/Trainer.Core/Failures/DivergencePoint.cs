namespace Trainer.Failures;

/// <summary>Where a run diverged.</summary>
/// <param name="Epoch">The epoch, from 1; 0 for the untrained network.</param>
/// <param name="Step">The step of the run that met the loss, from 1; behind an epoch the last one before it was measured.</param>
/// <param name="Layer">The layer where it began, from 1; null where that was not found.</param>
/// <param name="Origin">How it began, in words; null where that was not found.</param>
public sealed record DivergencePoint(int Epoch, long Step, int? Layer = null, string? Origin = null);
