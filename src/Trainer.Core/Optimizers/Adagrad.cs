using System.ComponentModel;
using System.Runtime.CompilerServices;
using Trainer.Configuration;
using Trainer.Formulas;

namespace Trainer.Optimizers;

/// <summary>
/// Adagrad: s ← s + g², w ← w − η_t·g/(√s + ε), η_t = η/(1 + (t − 1)·d), with t the number of the step, from 1; s begins at s₀.
/// </summary>
/// <remarks>Duchi, Hazan, Singer, "Adaptive subgradient methods for online learning and stochastic optimization" (JMLR 12, 2011),
/// section 1.1 with the diagonal matrix and δ = ε; s₀ and d (<c>initial_accumulator_value</c>, <c>lr_decay</c>) are PyTorch's. State starts at 0
/// here, so the first step adds s₀, before g²: s is PyTorch's from then on.</remarks>
[ConfigName("adagrad")]
[Usual(nameof(Lr), 1e-2)]
[Description("rates that fall with the sum of the squared gradients")]
public sealed record Adagrad : Optimizer
{
    /// <summary>d, by which the rate falls with the steps.</summary>
    [Bounds(0, Binary32Range.Largest)]
    [Description("the rate of step t is lr / (1 + (t - 1) lr_decay)")]
    public double LrDecay { get; init => field = Guard.InBounds<Adagrad>(value); }

    /// <summary>s₀, where the sum of the squared gradients begins.</summary>
    [Bounds(0, Binary32Range.Largest)]
    [Description("where the sum of g^2 begins")]
    public double InitialAccumulatorValue { get; init => field = Guard.InBounds<Adagrad>(value); }

    /// <summary>ε, which keeps the division finite.</summary>
    [Bounds(Binary32Range.Smallest, 1)]
    [Description("added to the denominator")]
    public double Eps { get; init => field = Guard.InBounds<Adagrad>(value); } = 1e-10;

    /// <inheritdoc/>
    public override TResult Accept<TResult>(IUpdateRuleVisitor<TResult> visitor) =>
        visitor.Visit(new Rule(LrDecay, InitialAccumulatorValue, Eps));

    /// <summary>Adagrad as a formula.</summary>
    /// <param name="lrDecay">d.</param>
    /// <param name="initial">s₀.</param>
    /// <param name="eps">ε.</param>
    public readonly struct Rule(double lrDecay, double initial, double eps) : IUpdateRule
    {
        /// <inheritdoc/>
        public static int StateCount => 1;

        /// <summary>Rate η_t; third s₀ in the first step, then 0, which changes no sum of squares.</summary>
        /// <inheritdoc/>
        public StepScalars Scalars(double lr, long step) =>
            new((float)(lr / (1 + (step - 1) * lrDecay)), Third: step == 1 ? (float)initial : 0);

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Update<T>(T w, T g, ref RuleState<T> state, StepScalars<T> step)
            where T : struct, IReal<T>
        {
            T s = T.FusedMultiplyAdd(g, g, state.First + step.Third);
            state.First = s;
            return T.FusedMultiplyAdd(-step.Rate, g / (T.Sqrt(s) + T.Constant(eps)), w);
        }
    }
}
