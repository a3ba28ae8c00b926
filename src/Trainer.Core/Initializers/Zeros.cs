using System.ComponentModel;
using Trainer.Configuration;
using Trainer.Networks;
using Trainer.Randomness;

namespace Trainer.Initializers;

/// <summary>W = 0, b = 0: behind a hidden layer no gradient comes through, only the last biases learn at first.</summary>
[ConfigName("zeros")]
[Description("every weight 0, to see why that does not learn; biases 0")]
public sealed record Zeros : Initializer
{
    /// <inheritdoc/>
    protected override void FillWeights(DenseLayer layer, Philox random, Span<float> destination) => destination.Clear();
}
