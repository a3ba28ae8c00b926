using System.ComponentModel;
using System.Runtime.CompilerServices;
using Trainer.Configuration;
using Trainer.Formulas;

namespace Trainer.Optimizers;

/// <summary>
/// Adam: m ← β₁·m + (1 − β₁)·g, v ← β₂·v + (1 − β₂)·g²,
/// w ← w − η/(1 − β₁ᵗ) · m / (√v/√(1 − β₂ᵗ) + ε), with t the number of the step, from 1.
/// </summary>
/// <remarks>Kingma and Ba, "Adam: a method for stochastic optimization" (ICLR 2015), algorithm 1. The two corrections
/// are grouped as PyTorch groups them, which equals the paper's m̂/(√v̂ + ε). Leaving them out is no option of PyTorch's;
/// it shows what they are for.</remarks>
[ConfigName("adam")]
[Usual(nameof(Lr), 1e-3)]
[Description("adaptive moments")]
public sealed record Adam : AdaptiveMoments
{
    /// <summary>Whether the averages, which start at 0, are divided by 1 − βᵗ; without that, m and v themselves are used.</summary>
    [AddedLater]
    [Description("divide the averages by 1 - beta^t, as they start at 0")]
    public bool BiasCorrection { get; init; } = true;

    /// <inheritdoc/>
    public override TResult Accept<TResult>(IUpdateRuleVisitor<TResult> visitor) =>
        visitor.Visit(new Rule(Betas[0], Betas[1], Eps, BiasCorrection));

    /// <summary>Adam as a formula.</summary>
    /// <param name="beta1">β₁.</param>
    /// <param name="beta2">β₂.</param>
    /// <param name="eps">ε.</param>
    /// <param name="biasCorrection">Whether the averages are corrected.</param>
    public readonly struct Rule(double beta1, double beta2, double eps, bool biasCorrection) : IUpdateRule
    {
        /// <inheritdoc/>
        public static int StateCount => 2;

        /// <summary>Rate η/(1 − β₁ᵗ), correction √(1 − β₂ᵗ); uncorrected η and 1.</summary>
        /// <inheritdoc/>
        public StepScalars Scalars(double lr, long step) => biasCorrection
            ? new((float)(lr / MovingAverage.Weight(beta1, step)), (float)Math.Sqrt(MovingAverage.Weight(beta2, step)))
            : new((float)lr);

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Update<T>(T w, T g, ref RuleState<T> state, StepScalars<T> step)
            where T : struct, IReal<T>
        {
            T m = MovingAverage.Next(beta1, state.First, g);
            T v = MovingAverage.Next(beta2, state.Second, g * g);
            state.First = m;
            state.Second = v;
            T denominator = T.Sqrt(v) / step.Correction + T.Constant(eps);
            return T.FusedMultiplyAdd(-step.Rate, m / denominator, w);
        }
    }
}
