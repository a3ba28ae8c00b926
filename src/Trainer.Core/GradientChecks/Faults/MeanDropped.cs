using Trainer.Engines.Reference;
using Trainer.Formulas;
using Trainer.Networks;

namespace Trainer.GradientChecks.Faults;

/// <summary>The gradient of the sum over the rows in place of the mean.</summary>
internal sealed class MeanDropped(Mlp mlp, int capacity) : NaiveNetwork<Binary64>(mlp, capacity)
{
    /// <inheritdoc/>
    protected override void LossBackward(
        ReadOnlySpan<Binary64> z_O, ReadOnlySpan<Binary64> p_O, int label, int B, Span<Binary64> dz_O) =>
        base.LossBackward(z_O, p_O, label, 1, dz_O);
}
