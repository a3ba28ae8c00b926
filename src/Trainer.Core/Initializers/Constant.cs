using System.ComponentModel;
using Trainer.Configuration;
using Trainer.Networks;
using Trainer.Randomness;

namespace Trainer.Initializers;

/// <summary>Every weight the same, b = 0: the units of a layer then stay alike for ever, which is what this start shows.</summary>
[ConfigName("constant")]
[Description("every weight the same, so that the units of a layer stay alike; biases 0")]
public sealed record Constant : Initializer
{
    /// <summary>The weight.</summary>
    [Bounds(-Binary32Range.Largest, Binary32Range.Largest)]
    [Description("every weight")]
    public required double Value { get; init => field = Guard.InBounds<Constant>(value); }

    /// <inheritdoc/>
    protected override void FillWeights(DenseLayer layer, Philox random, Span<float> destination) =>
        destination.Fill((float)Value);
}
