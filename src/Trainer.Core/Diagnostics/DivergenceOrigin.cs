using Trainer.Networks;

namespace Trainer.Diagnostics;

/// <summary>Where a training diverged: the first number that was not finite.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Place">What in it.</param>
/// <param name="Unit">The unit of the layer, from 0; 0 for a loss, which is of all.</param>
/// <param name="Value">The number: an infinity or NaN.</param>
/// <param name="Row">The row of the batch, or of the split that was measured, from 0; null where it is of no row.</param>
public sealed record DivergenceOrigin(DenseLayer Layer, DivergencePlace Place, int Unit, float Value, int? Row = null)
{
    /// <summary>The layer's number, from 1.</summary>
    public int LayerNumber => Layer.Index + 1;

    /// <summary>"began in layer 2 (128 -> 64): pre-activation of unit 17 overflowed to infinity"; units count from 1 as layers do.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"began in layer {LayerNumber} ({Layer.Inputs} -> {Layer.Outputs}): {What} {How}");

    private string What
    {
        get
        {
            string unit = FormattableString.Invariant($"unit {Unit + 1}");
            return Place switch
            {
                DivergencePlace.Weight => $"a weight of {unit}",
                DivergencePlace.Bias => $"bias of {unit}",
                DivergencePlace.Scale => $"gamma of {unit}",
                DivergencePlace.Shift => $"beta of {unit}",
                DivergencePlace.Statistics => $"running mean or variance of {unit}",
                DivergencePlace.PreActivation => $"pre-activation of {unit}",
                DivergencePlace.Normalization => $"batch normalisation of {unit}",
                DivergencePlace.Activation => $"activation of {unit}",
                DivergencePlace.Loss => "its outputs were finite, the loss",
                DivergencePlace.Gradient => $"gradient of {unit}",
                _ => $"a parameter of {unit}, by its update,",
            };
        }
    }

    private string How => (Place, float.IsNaN(Value)) switch
    {
        (DivergencePlace.Weight or DivergencePlace.Bias or DivergencePlace.Scale or DivergencePlace.Shift, true) =>
            "was not a number any more before the step",
        (DivergencePlace.Weight or DivergencePlace.Bias or DivergencePlace.Scale or DivergencePlace.Shift, false) =>
            "was infinite before the step",
        (_, true) => "became not a number",
        _ => "overflowed to infinity",
    };
}
