using Trainer.Engines.Reference;
using Trainer.Formulas;
using Trainer.Networks;

namespace Trainer.GradientChecks.Faults;

/// <summary>The gradient of plain cross-entropy for a smoothed one.</summary>
internal sealed class SmoothingDropped(Mlp mlp, int capacity) : NaiveNetwork<Binary64>(mlp, capacity)
{
    /// <inheritdoc/>
    protected override void LossBackward(
        ReadOnlySpan<Binary64> z_O, ReadOnlySpan<Binary64> p_O, int label, int B, Span<Binary64> dz_O) =>
        Equations.SoftmaxCrossEntropyBackward(p_O, label, B, dz_O);
}
