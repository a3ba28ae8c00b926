namespace Trainer.Runs;

/// <summary>How far a run is, between two slices of an epoch.</summary>
/// <param name="Epoch">The epoch in work.</param>
/// <param name="Epochs">All epochs.</param>
/// <param name="Step">Steps done of this epoch.</param>
/// <param name="Steps">Steps of an epoch.</param>
public readonly record struct RunProgress(int Epoch, int Epochs, int Step, int Steps);
