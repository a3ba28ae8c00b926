using System.ComponentModel;
using Trainer.Configuration;
using Trainer.Networks;
using Trainer.Randomness;

namespace Trainer.Initializers;

/// <summary>W normal with variance 2/(fan_in + fan_out), b = 0.</summary>
/// <remarks>Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks" (AISTATS 2010), equation 12.</remarks>
[ConfigName("xavier_normal")]
[Description("normal with variance 2 / (fan_in + fan_out); biases 0")]
public sealed record XavierNormal : Initializer
{
    /// <inheritdoc/>
    protected override void FillWeights(DenseLayer layer, Philox random, Span<float> destination) =>
        FillNormal(random, Math.Sqrt(2.0 / (layer.Inputs + layer.Outputs)), destination);
}
