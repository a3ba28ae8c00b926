using Trainer.Engines.Reference;
using Trainer.Formulas;
using Trainer.Networks;

namespace Trainer.GradientChecks.Faults;

/// <summary>dz = t − p at the output, in place of p − t.</summary>
internal sealed class OutputSignTurned(Mlp mlp, int capacity) : NaiveNetwork<Binary64>(mlp, capacity)
{
    /// <inheritdoc/>
    protected override void LossBackward(
        ReadOnlySpan<Binary64> z_O, ReadOnlySpan<Binary64> p_O, int label, int B, Span<Binary64> dz_O)
    {
        base.LossBackward(z_O, p_O, label, B, dz_O);
        foreach (ref Binary64 value in dz_O)
        {
            value = -value;
        }
    }
}
