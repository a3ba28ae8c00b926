using System.ComponentModel;
using System.Runtime.CompilerServices;
using Trainer.Configuration;
using Trainer.Formulas;

namespace Trainer.Optimizers;

/// <summary>
/// AdaBelief, Adam that divides by how far gradients lie from their average: m ← β₁·m + (1 − β₁)·g,
/// s ← β₂·s + (1 − β₂)·(g − m)² + ε, w ← w − η/(1 − β₁ᵗ) · m / (√s/√(1 − β₂ᵗ) + ε), with t the number of the step, from 1.
/// </summary>
/// <remarks>Zhuang, Tang, Ding, Tatikonda, Dvornek, Papademetris, Duncan, "AdaBelief optimizer: adapting stepsizes by the belief in
/// observed gradients" (NeurIPS 2020), algorithm 2; PyTorch has none. m in (g − m)² is the new one. ε counts twice: as every step
/// adds it, s is at least about ε/(1 − β₂). The default is 1e-16, that of the authors' program (since its version 0.1): with
/// Adam's 1e-8 √s would not fall below 3e-3, which makes it plain momentum where gradients are small. The program's
/// default rectification (as <see cref="RAdam"/>'s) and weight decay are no part of the algorithm and not here.</remarks>
[ConfigName("adabelief")]
[Usual(nameof(Lr), 1e-3)]
[Description("Adam with the variance of the gradients in place of their mean square")]
public sealed record AdaBelief : Optimizer
{
    /// <summary>β₁ and β₂, the decay of the two averages.</summary>
    [Bounds(0, Binary32Range.BelowOne)]
    [Description("decay of the averages of g and of (g - m)^2")]
    public IReadOnlyList<double> Betas { get; init => field = Optimizers.Betas.Checked<AdaBelief>(value); } = [0.9, 0.999];

    /// <summary>ε, which keeps the division finite.</summary>
    [Bounds(Binary32Range.Smallest, 1)]
    [Description("added to the average in every step, and to the denominator")]
    public double Eps { get; init => field = Guard.InBounds<AdaBelief>(value); } = 1e-16;

    /// <inheritdoc/>
    public override TResult Accept<TResult>(IUpdateRuleVisitor<TResult> visitor) =>
        visitor.Visit(new Rule(Betas[0], Betas[1], Eps));

    /// <summary>AdaBelief as a formula.</summary>
    /// <param name="beta1">β₁.</param>
    /// <param name="beta2">β₂.</param>
    /// <param name="eps">ε.</param>
    public readonly struct Rule(double beta1, double beta2, double eps) : IUpdateRule
    {
        /// <inheritdoc/>
        public static int StateCount => 2;

        /// <summary>Rate η/(1 − β₁ᵗ), correction √(1 − β₂ᵗ).</summary>
        /// <inheritdoc/>
        public StepScalars Scalars(double lr, long step) => new(
            (float)(lr / MovingAverage.Weight(beta1, step)), (float)Math.Sqrt(MovingAverage.Weight(beta2, step)));

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Update<T>(T w, T g, ref RuleState<T> state, StepScalars<T> step)
            where T : struct, IReal<T>
        {
            T m = MovingAverage.Next(beta1, state.First, g);
            T surprise = g - m;
            T epsilon = T.Constant(eps);
            T s = MovingAverage.Next(beta2, state.Second, surprise * surprise) + epsilon;
            state.First = m;
            state.Second = s;
            T denominator = T.Sqrt(s) / step.Correction + epsilon;
            return T.FusedMultiplyAdd(-step.Rate, m / denominator, w);
        }
    }
}
