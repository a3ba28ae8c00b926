using Trainer.Engines.Reference;
using Trainer.Formulas;
using Trainer.Networks;

namespace Trainer.GradientChecks.Faults;

/// <summary>The input gradient reads W as if it were [in, out].</summary>
internal sealed class WeightsTransposed(Mlp mlp, int capacity) : NaiveNetwork<Binary64>(mlp, capacity)
{
    /// <inheritdoc/>
    protected override void InputGradient(
        ReadOnlySpan<Binary64> dz_BO, ReadOnlySpan<Binary64> w_OI, int B, int I, int O, Span<Binary64> dx_BI)
    {
        var transposed = new Binary64[w_OI.Length];
        for (int o = 0; o < O; o++)
        {
            for (int i = 0; i < I; i++)
            {
                transposed[o * I + i] = w_OI[i * O + o];
            }
        }
        base.InputGradient(dz_BO, transposed, B, I, O, dx_BI);
    }
}
