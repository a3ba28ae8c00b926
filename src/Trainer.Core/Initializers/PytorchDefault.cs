using System.ComponentModel;
using Trainer.Configuration;
using Trainer.Networks;
using Trainer.Randomness;

namespace Trainer.Initializers;

/// <summary>W and b uniform in ±1/√fan_in: what <c>torch.nn.Linear</c> starts with.</summary>
/// <remarks>PyTorch calls it a Kaiming-uniform start with a = √5, which comes to this bound.</remarks>
[ConfigName("pytorch")]
[Description("weights and biases uniform within 1 / sqrt(fan_in), as torch.nn.Linear")]
public sealed record PytorchDefault : Initializer
{
    /// <inheritdoc/>
    protected override void FillWeights(DenseLayer layer, Philox random, Span<float> destination) =>
        FillUniform(random, Bound(layer), destination);

    /// <inheritdoc/>
    protected override void FillBiases(DenseLayer layer, Philox random, Span<float> destination) =>
        FillUniform(random, Bound(layer), destination);

    private static double Bound(DenseLayer layer) => 1.0 / Math.Sqrt(layer.Inputs);
}
