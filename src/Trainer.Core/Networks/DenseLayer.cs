namespace Trainer.Networks;

/// <summary>One fully connected layer, z = W·x + b, with the batch normalisation behind it where there is one, and where its
/// parameters lie in the network's flat vector.</summary>
/// <param name="Index">Position in the network, from 0.</param>
/// <param name="Inputs">I, the length of x.</param>
/// <param name="Outputs">O, the length of z.</param>
/// <param name="WeightOffset">Where W begins: O rows of I numbers, [out, in] as in PyTorch.</param>
/// <param name="IsNormalized">Whether z goes through a batch normalisation, which has O numbers γ and O numbers β.</param>
/// <param name="StatisticsOffset">Where the normalisation's statistics lie among those of the network: O means, then O
/// variances.</param>
public sealed record DenseLayer(
    int Index, int Inputs, int Outputs, int WeightOffset, bool IsNormalized = false, int StatisticsOffset = 0)
{
    /// <summary>Number of weights, O·I.</summary>
    public int WeightCount => Outputs * Inputs;

    /// <summary>Where b begins: O numbers, right behind W.</summary>
    public int BiasOffset => WeightOffset + WeightCount;

    /// <summary>Where γ begins, right behind b, if the layer is normalised.</summary>
    public int ScaleOffset => BiasOffset + Outputs;

    /// <summary>Where β begins, right behind γ, if the layer is normalised.</summary>
    public int ShiftOffset => ScaleOffset + Outputs;

    /// <summary>Its tensors, in order.</summary>
    public IEnumerable<ParameterGroup> Groups => IsNormalized
        ?
        [
            new(this, ParameterKind.Weight, WeightOffset, WeightCount), new(this, ParameterKind.Bias, BiasOffset, Outputs),
            new(this, ParameterKind.Scale, ScaleOffset, Outputs), new(this, ParameterKind.Shift, ShiftOffset, Outputs),
        ]
        : [new(this, ParameterKind.Weight, WeightOffset, WeightCount), new(this, ParameterKind.Bias, BiasOffset, Outputs)];
}
