using Trainer.Engines.Reference;
using Trainer.Formulas;
using Trainer.Networks;

namespace Trainer.GradientChecks.Faults;

/// <summary>dz = (z − t)/B for the mean squared error, without 2/O.</summary>
internal sealed class SquareFactorDropped(Mlp mlp, int capacity) : NaiveNetwork<Binary64>(mlp, capacity)
{
    /// <inheritdoc/>
    protected override void LossBackward(
        ReadOnlySpan<Binary64> z_O, ReadOnlySpan<Binary64> p_O, int label, int B, Span<Binary64> dz_O) =>
        // Softmax's p − t with z in the place of p.
        Equations.SoftmaxCrossEntropyBackward(z_O, label, B, dz_O);
}
