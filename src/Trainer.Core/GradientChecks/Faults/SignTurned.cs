using Trainer.Engines.Reference;
using Trainer.Formulas;
using Trainer.Networks;

namespace Trainer.GradientChecks.Faults;

/// <summary>dz = −da·f′(z).</summary>
internal sealed class SignTurned(Mlp mlp, int capacity) : NaiveNetwork<Binary64>(mlp, capacity)
{
    /// <inheritdoc/>
    protected override void ActivationBackward(
        NaiveActivation<Binary64> activation, ReadOnlySpan<Binary64> da, ReadOnlySpan<Binary64> z, ReadOnlySpan<Binary64> a,
        Span<Binary64> dz)
    {
        base.ActivationBackward(activation, da, z, a, dz);
        foreach (ref Binary64 value in dz[..da.Length])
        {
            value = -value;
        }
    }
}
