using System.ComponentModel;
using Trainer.Configuration;
using Trainer.Networks;
using Trainer.Randomness;

namespace Trainer.Initializers;

/// <summary>W uniform in ±√(6/(fan_in + fan_out)), b = 0: keeps the variance of signals and gradients alike where f′(0) = 1.</summary>
/// <remarks>Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks" (AISTATS 2010), equation 16.</remarks>
[ConfigName("xavier_uniform")]
[Description("uniform within sqrt(6 / (fan_in + fan_out)); biases 0")]
public sealed record XavierUniform : Initializer
{
    /// <inheritdoc/>
    protected override void FillWeights(DenseLayer layer, Philox random, Span<float> destination) =>
        FillUniform(random, Math.Sqrt(6.0 / (layer.Inputs + layer.Outputs)), destination);
}
