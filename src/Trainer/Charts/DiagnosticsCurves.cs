namespace Trainer.Charts;

/// <summary>What the pictures of a run's diagnostics are drawn from.</summary>
/// <param name="Heading">"relu on fashion-mnist, seed 1".</param>
/// <param name="Setting">The experiment in a few words.</param>
/// <param name="Epochs">The epochs.</param>
/// <param name="Layers">Layer by layer, from the first.</param>
/// <param name="LipschitzBound">A value an epoch.</param>
/// <param name="Noise">A line for each standard deviation of the noise: its value, and the accuracies, an epoch each.</param>
internal sealed record DiagnosticsCurves(
    string Heading,
    string Setting,
    IReadOnlyList<int> Epochs,
    IReadOnlyList<LayerCurves> Layers,
    IReadOnlyList<double> LipschitzBound,
    IReadOnlyList<(double Deviation, IReadOnlyList<double> Accuracies)> Noise);
