namespace Trainer.Charts;

/// <summary>The figures of one layer, an epoch each; not a number where there is none.</summary>
/// <param name="Name">"layer 1", "output".</param>
/// <param name="GradientNorms">‖∂L/∂W‖.</param>
/// <param name="UpdateRatios">‖ΔW‖/‖W‖.</param>
/// <param name="DeadShares">Share of dead units.</param>
/// <param name="SaturatedShares">Share of saturated units.</param>
/// <param name="SpectralNorms">‖W‖₂.</param>
internal sealed record LayerCurves(
    string Name,
    IReadOnlyList<double> GradientNorms,
    IReadOnlyList<double> UpdateRatios,
    IReadOnlyList<double> DeadShares,
    IReadOnlyList<double> SaturatedShares,
    IReadOnlyList<double> SpectralNorms);
