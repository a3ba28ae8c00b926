using Trainer.Engines.Reference;
using Trainer.Formulas;
using Trainer.Networks;

namespace Trainer.GradientChecks.Faults;

/// <summary>dW without the last row of the batch.</summary>
internal sealed class LastRowDropped(Mlp mlp, int capacity) : NaiveNetwork<Binary64>(mlp, capacity)
{
    /// <inheritdoc/>
    protected override void WeightGradient(
        ReadOnlySpan<Binary64> dz_BO, ReadOnlySpan<Binary64> x_BI, int B, int I, int O, Span<Binary64> dw_OI) =>
        base.WeightGradient(dz_BO, x_BI, B - 1, I, O, dw_OI);
}
