using System.ComponentModel;
using System.Runtime.CompilerServices;
using Trainer.Configuration;
using Trainer.Formulas;

namespace Trainer.Optimizers;

/// <summary>
/// Rectified Adam: m ← β₁·m + (1 − β₁)·g, v ← β₂·v + (1 − β₂)·g², m̂ = m/(1 − β₁ᵗ), and with ρ∞ = 2/(1 − β₂) − 1,
/// ρ_t = ρ∞ − 2t·β₂ᵗ/(1 − β₂ᵗ): while ρ_t ≤ 5, when v stands for too few gradients, w ← w − η·m̂; then
/// w ← w − η·r_t·m̂·√(1 − β₂ᵗ)/(√v + ε), r_t = √((ρ_t − 4)(ρ_t − 2)ρ∞ / ((ρ∞ − 4)(ρ∞ − 2)ρ_t)). t is the number of the step, from 1.
/// </summary>
/// <remarks>Liu, Jiang, He, Chen, Liu, Gao, Han, "On the variance of the adaptive learning rate and beyond" (ICLR 2020), algorithm 2.
/// As in PyTorch the rectified form begins above 5 (the paper: above 4), and ε is added to √v before the correction
/// (the paper has none). With β₂ up to 2/3 it never begins.</remarks>
[ConfigName("radam")]
[Usual(nameof(Lr), 1e-3)]
[Description("Adam that rectifies its first steps instead of a warm-up")]
public sealed record RAdam : AdaptiveMoments
{
    /// <inheritdoc/>
    public override TResult Accept<TResult>(IUpdateRuleVisitor<TResult> visitor) =>
        visitor.Visit(new Rule(Betas[0], Betas[1], Eps));

    /// <summary>RAdam as a formula.</summary>
    /// <param name="beta1">β₁.</param>
    /// <param name="beta2">β₂.</param>
    /// <param name="eps">ε.</param>
    public readonly struct Rule(double beta1, double beta2, double eps) : IUpdateRule
    {
        private const double LongEnough = 5;

        /// <inheritdoc/>
        public static int StateCount => 2;

        /// <summary>Rate η·r_t·√(1 − β₂ᵗ)/(1 − β₁ᵗ) and correction 1; while ρ_t ≤ 5, η/(1 − β₁ᵗ) and 0.</summary>
        /// <inheritdoc/>
        public StepScalars Scalars(double lr, long step)
        {
            double rate = lr / MovingAverage.Weight(beta1, step);
            double weight = MovingAverage.Weight(beta2, step);
            double longest = 2 / (1 - beta2) - 1;
            double length = longest - 2 * step * WholePower.Of(beta2, step) / weight;
            if (length <= LongEnough)
            {
                return new((float)rate, Correction: 0);
            }
            double rectification = Math.Sqrt((length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length));
            return new((float)(rate * rectification * Math.Sqrt(weight)), Correction: 1);
        }

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Update<T>(T w, T g, ref RuleState<T> state, StepScalars<T> step)
            where T : struct, IReal<T>
        {
            T m = MovingAverage.Next(beta1, state.First, g);
            T v = MovingAverage.Next(beta2, state.Second, g * g);
            state.First = m;
            state.Second = v;
            T denominator = T.SelectGreater(step.Correction, T.Constant(0), T.Sqrt(v) + T.Constant(eps), T.Constant(1));
            return T.FusedMultiplyAdd(-step.Rate, m / denominator, w);
        }
    }
}
