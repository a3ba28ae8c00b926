namespace Trainer.Diagnostics;

/// <summary>What one layer does with the probe rows, forward and backward.</summary>
/// <param name="Layer">Its number, from 1 behind the input.</param>
/// <param name="Name">What it is called in a sentence: "hidden layer 1", "the output layer".</param>
/// <param name="GradientNorm">‖∂L/∂W‖, the root of the sum of squares over the layer's weights, L the mean loss over the rows.</param>
/// <param name="SignalNorm">The root mean square of ∂L/∂z over the rows and the layer's units, times the number of rows: what arrives
/// of the error, whatever the width. Behind a batch normalisation it is that of ∂L/∂y, the gradient to what the activation gets: to z
/// it goes with 1/σ, so that ten times the weights, which change nothing in the network, would look like a tenth of the error.</param>
/// <param name="WeightNorm">‖W‖, the root of the sum of squares.</param>
/// <param name="DeadShare">Share of units whose f′(z) is 0 for every row, so that no row can move their weights; null at the
/// output.</param>
/// <param name="SaturatedShare">Share of all (unit, row) with |f′(z)| below <see cref="NetworkProbe.SaturationLimit"/> of the
/// largest that f′ can be; null where f is not of the sigmoid's kind.</param>
/// <param name="DistinctUnits">How many units differ from one another in a weight or bias.</param>
/// <param name="Units">How many units it has.</param>
public sealed record LayerProbe(
    int Layer,
    string Name,
    double GradientNorm,
    double SignalNorm,
    double WeightNorm,
    double? DeadShare,
    double? SaturatedShare,
    int DistinctUnits,
    int Units);
