namespace Trainer.Diagnostics;

/// <summary>What is recorded of a layer at the end of an epoch.</summary>
/// <param name="Probe">What it does with the probe rows.</param>
/// <param name="UpdateRatio">‖W_after − W_before‖/‖W_before‖ of the epoch's last step; null before the first, and where W was 0.</param>
/// <param name="SpectralNorm">‖W‖₂.</param>
public sealed record LayerDiagnosis(LayerProbe Probe, double? UpdateRatio, double SpectralNorm);
