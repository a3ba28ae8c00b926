using Trainer.Engines.Reference;
using Trainer.Formulas;
using Trainer.Networks;

namespace Trainer.GradientChecks.Faults;

/// <summary>db = 0.</summary>
internal sealed class BiasGradientDropped(Mlp mlp, int capacity) : NaiveNetwork<Binary64>(mlp, capacity)
{
    /// <inheritdoc/>
    protected override void BiasGradient(ReadOnlySpan<Binary64> dz_BO, int B, int O, Span<Binary64> db_O) => db_O.Clear();
}
