using System.ComponentModel;
using Trainer.Configuration;
using Trainer.Networks;
using Trainer.Randomness;

namespace Trainer.Initializers;

/// <summary>W normal with variance 2/fan_in, b = 0.</summary>
/// <remarks>He, Zhang, Ren, Sun, "Delving deep into rectifiers" (ICCV 2015), equation 10.</remarks>
[ConfigName("he_normal", "kaiming_normal")]
[Description("normal with variance 2 / fan_in; biases 0")]
public sealed record HeNormal : Initializer
{
    /// <inheritdoc/>
    protected override void FillWeights(DenseLayer layer, Philox random, Span<float> destination) =>
        FillNormal(random, Math.Sqrt(2.0 / layer.Inputs), destination);
}
