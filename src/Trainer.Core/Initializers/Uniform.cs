using System.ComponentModel;
using Trainer.Configuration;
using Trainer.Networks;
using Trainer.Randomness;

namespace Trainer.Initializers;

/// <summary>W uniform from a to b, the same for every layer; biases start at 0.</summary>
/// <remarks>PyTorch's <c>uniform_</c> with its two names. a + (b − a)·u in binary64, rounded once, so b itself can occur.</remarks>
[ConfigName("uniform")]
[Description("uniform from a to b; biases 0")]
public sealed record Uniform : Initializer, IValidated
{
    /// <summary>The lower end.</summary>
    [Bounds(-Binary32Range.Largest, Binary32Range.Largest)]
    [Description("lower end of the weights, as -0.05")]
    public required double A { get; init => field = Guard.InBounds<Uniform>(value); }

    /// <summary>The upper end.</summary>
    [Bounds(-Binary32Range.Largest, Binary32Range.Largest)]
    [Description("upper end of the weights, as 0.05")]
    public required double B { get; init => field = Guard.InBounds<Uniform>(value); }

    /// <inheritdoc/>
    public IEnumerable<(string Key, string Problem)> Problems() => A < B
        ? []
        : [("a", FormattableString.Invariant($"must be less than b, and {A} is not less than {B}; for weights that are all alike there is 'constant'"))];

    /// <inheritdoc/>
    protected override void FillWeights(DenseLayer layer, Philox random, Span<float> destination)
    {
        for (int k = 0; k < destination.Length; k++)
        {
            destination[k] = (float)(A + (B - A) * random.Uniform((ulong)k));
        }
    }
}
