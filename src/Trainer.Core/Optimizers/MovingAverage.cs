using System.Runtime.CompilerServices;
using Trainer.Formulas;

namespace Trainer.Optimizers;

/// <summary>
/// The exponential moving average that most update rules keep. Of x₁ … x_t it is (1 − β)·Σᵢ βᵗ⁻ⁱ·xᵢ, which falls short of their
/// mean by <see cref="Weight"/>, because it starts at 0.
/// </summary>
internal static class MovingAverage
{
    /// <summary>β·average + (1 − β)·x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Next<T>(double beta, T average, T x)
        where T : struct, IReal<T> =>
        T.FusedMultiplyAdd(T.Constant(beta), average, T.Constant(1 - beta) * x);

    /// <summary>1 − βᵗ, what the weights of the t numbers so far add up to: dividing by it takes the bias away.</summary>
    public static double Weight(double beta, long step) => 1 - WholePower.Of(beta, step);
}
