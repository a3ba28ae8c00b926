using System.ComponentModel;
using System.Runtime.CompilerServices;
using Trainer.Configuration;
using Trainer.Formulas;

namespace Trainer.Optimizers;

/// <summary>
/// AdaMax, Adam with the infinity norm: m ← β₁·m + (1 − β₁)·g, u ← max(β₂·u, |g| + ε), w ← w − η/(1 − β₁ᵗ) · m/u, with t the
/// number of the step, from 1.
/// </summary>
/// <remarks>Kingma and Ba, "Adam: a method for stochastic optimization" (ICLR 2015), algorithm 2. The paper has no ε; PyTorch adds
/// it where the division by 0 would come from, and so does this. u needs no correction, as its first value is |g₁| already.</remarks>
[ConfigName("adamax")]
[Usual(nameof(Lr), 2e-3)]
[Description("Adam with the largest of the last gradients in place of their mean square")]
public sealed record Adamax : Optimizer
{
    /// <summary>β₁ and β₂, the decay of the average and of the greatest magnitude.</summary>
    [Bounds(0, Binary32Range.BelowOne)]
    [Description("decay of the average of g and of the largest |g|")]
    public IReadOnlyList<double> Betas { get; init => field = Optimizers.Betas.Checked<Adamax>(value); } = [0.9, 0.999];

    /// <summary>ε, which keeps the division finite.</summary>
    [Bounds(Binary32Range.Smallest, 1)]
    [Description("added to |g|")]
    public double Eps { get; init => field = Guard.InBounds<Adamax>(value); } = 1e-8;

    /// <inheritdoc/>
    public override TResult Accept<TResult>(IUpdateRuleVisitor<TResult> visitor) =>
        visitor.Visit(new Rule(Betas[0], Betas[1], Eps));

    /// <summary>AdaMax as a formula.</summary>
    /// <param name="beta1">β₁.</param>
    /// <param name="beta2">β₂.</param>
    /// <param name="eps">ε.</param>
    public readonly struct Rule(double beta1, double beta2, double eps) : IUpdateRule
    {
        /// <inheritdoc/>
        public static int StateCount => 2;

        /// <summary>Rate η/(1 − β₁ᵗ).</summary>
        /// <inheritdoc/>
        public StepScalars Scalars(double lr, long step) => new((float)(lr / MovingAverage.Weight(beta1, step)));

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Update<T>(T w, T g, ref RuleState<T> state, StepScalars<T> step)
            where T : struct, IReal<T>
        {
            T m = MovingAverage.Next(beta1, state.First, g);
            T minus = -g;
            T magnitude = T.SelectGreater(g, minus, g, minus) + T.Constant(eps);
            T before = T.Constant(beta2) * state.Second;
            // A gradient that is no number is greater than nothing, so it comes through.
            T u = T.SelectGreater(before, magnitude, before, magnitude);
            state.First = m;
            state.Second = u;
            return T.FusedMultiplyAdd(-step.Rate, m / u, w);
        }
    }
}
