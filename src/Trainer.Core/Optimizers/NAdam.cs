using System.ComponentModel;
using System.Runtime.CompilerServices;
using Trainer.Configuration;
using Trainer.Formulas;

namespace Trainer.Optimizers;

/// <summary>
/// Adam with Nesterov's look-ahead: m ← β₁·m + (1 − β₁)·g, v ← β₂·v + (1 − β₂)·g²,
/// m̄ = μ_{t+1}·m/(1 − μ₁⋯μ_{t+1}) + (1 − μ_t)·g/(1 − μ₁⋯μ_t), w ← w − η·m̄/(√v/√(1 − β₂ᵗ) + ε),
/// with μ_t = β₁·(1 − ½·0.96^(ψt)) and t the number of the step, from 1.
/// </summary>
/// <remarks>Dozat, "Incorporating Nesterov momentum into Adam" (ICLR workshop 2016), algorithm 2, with m kept by β₁ instead of μ_t,
/// and its author's schedule of μ, all as PyTorch documents it and has it since 2.0. (The default form of PyTorch 1.13
/// counts μ_t twice in μ₁⋯μ_{t+1}; its foreach form does not, and is what ours is compared with.)</remarks>
[ConfigName("nadam")]
[Usual(nameof(Lr), 2e-3)]
[Description("Adam with Nesterov's look-ahead")]
public sealed record NAdam : AdaptiveMoments
{
    /// <summary>ψ, how fast the momentum μ_t rises from β₁/2 to β₁.</summary>
    [Bounds(0, Binary32Range.Largest)]
    [Description("how fast the momentum rises from half of the first beta to all of it; 0 leaves it at half")]
    public double MomentumDecay { get; init => field = Guard.InBounds<NAdam>(value); } = 4e-3;

    /// <inheritdoc/>
    public override TResult Accept<TResult>(IUpdateRuleVisitor<TResult> visitor) =>
        visitor.Visit(new Rule(new RisingMomentum(Betas[0], MomentumDecay), Betas[0], Betas[1], Eps));

    /// <summary>NAdam as a formula.</summary>
    /// <param name="momentum">μ_t and its products.</param>
    /// <param name="beta1">β₁.</param>
    /// <param name="beta2">β₂.</param>
    /// <param name="eps">ε.</param>
    internal readonly struct Rule(RisingMomentum momentum, double beta1, double beta2, double eps) : IUpdateRule
    {
        /// <inheritdoc/>
        public static int StateCount => 2;

        /// <summary>Rate η, correction √(1 − β₂ᵗ), third μ_{t+1}/(1 − μ₁⋯μ_{t+1}), fourth (1 − μ_t)/(1 − μ₁⋯μ_t).</summary>
        /// <inheritdoc/>
        public StepScalars Scalars(double lr, long step)
        {
            double next = momentum.At(step + 1);
            double product = momentum.ProductTo(step);
            return new(
                (float)lr, (float)Math.Sqrt(MovingAverage.Weight(beta2, step)),
                (float)(next / (1 - product * next)), (float)((1 - momentum.At(step)) / (1 - product)));
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
            T denominator = T.Sqrt(v) / step.Correction + T.Constant(eps);
            T ahead = T.FusedMultiplyAdd(step.Third, m, step.Fourth * g);
            return T.FusedMultiplyAdd(-step.Rate, ahead / denominator, w);
        }
    }
}
