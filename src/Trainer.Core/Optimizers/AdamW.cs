using System.ComponentModel;
using System.Runtime.CompilerServices;
using Trainer.Configuration;
using Trainer.Formulas;

namespace Trainer.Optimizers;

/// <summary>
/// Adam with decoupled weight decay: w ← w − η·λ·w, then <see cref="Adam"/>'s step, whose averages see the gradient alone:
/// m ← β₁·m + (1 − β₁)·g, v ← β₂·v + (1 − β₂)·g², w ← w − η/(1 − β₁ᵗ) · m / (√v/√(1 − β₂ᵗ) + ε).
/// </summary>
/// <remarks>Loshchilov and Hutter, "Decoupled weight decay regularization" (ICLR 2019), algorithm 2, line 12, where the schedule
/// multiplies both terms. As in PyTorch, λ is multiplied with η, and all parameters decay, biases too. PyTorch multiplies w with
/// 1 − η·λ, which binary32 knows to 3e-8 only (at η = 1e-3 and λ = 0.01 the decay is wrong by 0.14 %); here ηλ·w is subtracted in
/// one rounding.</remarks>
[ConfigName("adamw")]
[Usual(nameof(Lr), 1e-3)]
[Description("Adam with decoupled weight decay")]
public sealed record AdamW : AdaptiveMoments
{
    /// <summary>λ: every step takes away the share η·λ of each parameter.</summary>
    [Bounds(0, Binary32Range.Largest)]
    [Description("times lr, the share of each parameter (biases too) that a step takes away")]
    public double WeightDecay { get; init => field = Guard.InBounds<AdamW>(value); } = 0.01;

    /// <inheritdoc/>
    public override TResult Accept<TResult>(IUpdateRuleVisitor<TResult> visitor) =>
        visitor.Visit(new Rule(Betas[0], Betas[1], Eps, WeightDecay));

    /// <summary>AdamW as a formula.</summary>
    /// <param name="beta1">β₁.</param>
    /// <param name="beta2">β₂.</param>
    /// <param name="eps">ε.</param>
    /// <param name="weightDecay">λ.</param>
    public readonly struct Rule(double beta1, double beta2, double eps, double weightDecay) : IUpdateRule
    {
        /// <inheritdoc/>
        public static int StateCount => 2;

        /// <summary>Rate η/(1 − β₁ᵗ), correction √(1 − β₂ᵗ), third ηλ.</summary>
        /// <inheritdoc/>
        public StepScalars Scalars(double lr, long step) => new(
            (float)(lr / MovingAverage.Weight(beta1, step)), (float)Math.Sqrt(MovingAverage.Weight(beta2, step)), (float)(lr * weightDecay));

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
            T decayed = T.FusedMultiplyAdd(-step.Third, w, w);
            return T.FusedMultiplyAdd(-step.Rate, m / denominator, decayed);
        }
    }
}
