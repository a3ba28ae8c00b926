using System.ComponentModel;
using Trainer.Configuration;
using Trainer.Networks;
using Trainer.Randomness;

namespace Trainer.Initializers;

/// <summary>W uniform in ±√(3/fan_in), b = 0: the variance of <see cref="LecunNormal"/>.</summary>
/// <remarks>LeCun, Bottou, Orr, Müller, "Efficient BackProp" (1998), section 4.6, equation 16, as a uniform distribution of the same variance.</remarks>
[ConfigName("lecun_uniform")]
[Description("uniform within sqrt(3 / fan_in); biases 0")]
public sealed record LecunUniform : Initializer
{
    /// <inheritdoc/>
    protected override void FillWeights(DenseLayer layer, Philox random, Span<float> destination) =>
        FillUniform(random, Math.Sqrt(3.0 / layer.Inputs), destination);
}
