using Trainer.Engines.Reference;
using Trainer.Formulas;
using Trainer.Networks;

namespace Trainer.GradientChecks.Faults;

/// <summary>dz = γ·r·dy: mean and variance as if they did not depend on z.</summary>
internal sealed class StatisticsConstant(Mlp mlp, int capacity) : NaiveNetwork<Binary64>(mlp, capacity)
{
    /// <inheritdoc/>
    protected override void NormalizationBackward(
        Span<Binary64> dy_BO, ReadOnlySpan<Binary64> normal_BO, ReadOnlySpan<Binary64> r_O, ReadOnlySpan<Binary64> scale_O, int B, int O,
        Span<Binary64> dScale_O, Span<Binary64> dShift_O)
    {
        var constant = new Binary64[B * O];
        for (int k = 0; k < constant.Length; k++)
        {
            constant[k] = scale_O[k % O] * r_O[k % O] * dy_BO[k];
        }
        base.NormalizationBackward(dy_BO, normal_BO, r_O, scale_O, B, O, dScale_O, dShift_O);
        constant.CopyTo(dy_BO);
    }
}
