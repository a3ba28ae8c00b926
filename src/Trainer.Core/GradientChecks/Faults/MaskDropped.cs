using Trainer.Engines.Reference;
using Trainer.Formulas;
using Trainer.Networks;

namespace Trainer.GradientChecks.Faults;

/// <summary>The gradient goes back as if no unit had been left out.</summary>
internal sealed class MaskDropped(Mlp mlp, int capacity) : NaiveNetwork<Binary64>(mlp, capacity)
{
    /// <inheritdoc/>
    protected override void DropoutBackward(ReadOnlySpan<Binary64> da, ReadOnlySpan<Binary64> mask, Span<Binary64> masked) =>
        da.CopyTo(masked);
}
