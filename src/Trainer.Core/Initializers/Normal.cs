using System.ComponentModel;
using Trainer.Configuration;
using Trainer.Networks;
using Trainer.Randomness;

namespace Trainer.Initializers;

/// <summary>W normal with mean 0 and a standard deviation that is the same for every layer, b = 0.</summary>
/// <remarks>PyTorch's <c>normal_</c>; its deviation has no default here, as 1 would suit hardly any network.</remarks>
[ConfigName("normal")]
[Description("normal with mean 0; biases 0")]
public sealed record Normal : Initializer
{
    /// <summary>σ.</summary>
    [Bounds(Binary32Range.Smallest, Binary32Range.Largest)]
    [Description("standard deviation of the weights, the same for every layer")]
    public required double Std { get; init => field = Guard.InBounds<Normal>(value); }

    /// <inheritdoc/>
    protected override void FillWeights(DenseLayer layer, Philox random, Span<float> destination) =>
        FillNormal(random, Std, destination);
}
