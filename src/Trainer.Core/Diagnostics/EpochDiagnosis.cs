namespace Trainer.Diagnostics;

/// <summary>What is recorded of a network at the end of an epoch.</summary>
/// <param name="Epoch">The epoch; 0 is the untrained network.</param>
/// <param name="Layers">Layer by layer.</param>
/// <param name="LipschitzBound">See <see cref="Diagnostics.LipschitzBound"/>.</param>
/// <param name="NoiseAccuracies">Accuracy on some test rows at each of <see cref="NoiseProbe.Deviations"/>.</param>
public sealed record EpochDiagnosis(
    int Epoch, IReadOnlyList<LayerDiagnosis> Layers, double LipschitzBound, IReadOnlyList<double> NoiseAccuracies);
