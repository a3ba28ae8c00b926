using System.ComponentModel;
using Trainer.Configuration;
using Trainer.Networks;
using Trainer.Randomness;

namespace Trainer.Initializers;

/// <summary>W uniform in ±√(6/fan_in), b = 0: keeps the variance of signals behind a rectifier.</summary>
/// <remarks>He, Zhang, Ren, Sun, "Delving deep into rectifiers" (ICCV 2015), equation 10, as a uniform distribution of the same variance.</remarks>
[ConfigName("he_uniform", "kaiming_uniform")]
[Description("uniform within sqrt(6 / fan_in); biases 0")]
public sealed record HeUniform : Initializer
{
    /// <inheritdoc/>
    protected override void FillWeights(DenseLayer layer, Philox random, Span<float> destination) =>
        FillUniform(random, Math.Sqrt(6.0 / layer.Inputs), destination);
}
