using Trainer.Engines.Reference;
using Trainer.Formulas;
using Trainer.Networks;

namespace Trainer.GradientChecks.Faults;

/// <summary>dz without the factor γ.</summary>
internal sealed class ScaleDropped(Mlp mlp, int capacity) : NaiveNetwork<Binary64>(mlp, capacity)
{
    /// <inheritdoc/>
    protected override void NormalizationBackward(
        Span<Binary64> dy_BO, ReadOnlySpan<Binary64> normal_BO, ReadOnlySpan<Binary64> r_O, ReadOnlySpan<Binary64> scale_O, int B, int O,
        Span<Binary64> dScale_O, Span<Binary64> dShift_O)
    {
        var ones = new Binary64[O];
        Array.Fill(ones, new Binary64(1));
        base.NormalizationBackward(dy_BO, normal_BO, r_O, ones, B, O, dScale_O, dShift_O);
    }
}
