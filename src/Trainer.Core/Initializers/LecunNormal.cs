using System.ComponentModel;
using Trainer.Configuration;
using Trainer.Networks;
using Trainer.Randomness;

namespace Trainer.Initializers;

/// <summary>W normal with variance 1/fan_in, b = 0.</summary>
/// <remarks>LeCun, Bottou, Orr, Müller, "Efficient BackProp" (1998), section 4.6, equation 16.</remarks>
[ConfigName("lecun_normal")]
[Description("normal with variance 1 / fan_in; biases 0")]
public sealed record LecunNormal : Initializer
{
    /// <inheritdoc/>
    protected override void FillWeights(DenseLayer layer, Philox random, Span<float> destination) =>
        FillNormal(random, Math.Sqrt(1.0 / layer.Inputs), destination);
}
