using System.ComponentModel;
using System.Runtime.CompilerServices;
using Trainer.Configuration;
using Trainer.Formulas;

namespace Trainer.Optimizers;

/// <summary>
/// Lion, steps of one length in the direction of a sign: c = β₁·m + (1 − β₁)·g, w ← w − η·(sign(c) + λ·w), then
/// m ← β₂·m + (1 − β₂)·g; sign(0) = 0.
/// </summary>
/// <remarks>Chen, Liang, Huang, Real, Wang, Pham, Dong, Luong, Hsieh, Lu, Le, "Symbolic discovery of optimization algorithms"
/// (NeurIPS 2023), algorithm 2; PyTorch has none. Every parameter moves by η, so η is to be some ten times smaller than Adam's.
/// All parameters decay, biases too. The sign of what is not a number is not a number, so that it shows.</remarks>
[ConfigName("lion")]
[Usual(nameof(Lr), 1e-4)]
[Description("steps of one length, by the sign of a momentum")]
public sealed record Lion : Optimizer
{
    /// <summary>β₁, the share of the momentum in the direction, and β₂, the decay of the momentum.</summary>
    [Bounds(0, Binary32Range.BelowOne)]
    [Description("share of the momentum in the step's direction, and decay of the momentum")]
    public IReadOnlyList<double> Betas { get; init => field = Optimizers.Betas.Checked<Lion>(value); } = [0.9, 0.99];

    /// <summary>λ: every step takes away the share η·λ of each parameter.</summary>
    [Bounds(0, Binary32Range.Largest)]
    [Description("times lr, the share of each parameter (biases too) that a step takes away")]
    public double WeightDecay { get; init => field = Guard.InBounds<Lion>(value); }

    /// <inheritdoc/>
    public override TResult Accept<TResult>(IUpdateRuleVisitor<TResult> visitor) =>
        visitor.Visit(new Rule(Betas[0], Betas[1], WeightDecay));

    /// <summary>Lion as a formula.</summary>
    /// <param name="beta1">β₁.</param>
    /// <param name="beta2">β₂.</param>
    /// <param name="weightDecay">λ.</param>
    public readonly struct Rule(double beta1, double beta2, double weightDecay) : IUpdateRule
    {
        /// <inheritdoc/>
        public static int StateCount => 1;

        /// <summary>Rate η, third ηλ.</summary>
        /// <inheritdoc/>
        public StepScalars Scalars(double lr, long step) => new((float)lr, Third: (float)(lr * weightDecay));

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Update<T>(T w, T g, ref RuleState<T> state, StepScalars<T> step)
            where T : struct, IReal<T>
        {
            T direction = MovingAverage.Next(beta1, state.First, g);
            state.First = MovingAverage.Next(beta2, state.First, g);
            T zero = T.Constant(0);
            // What is neither above nor below 0 is ±0 or not a number, and stays what it is.
            T sign = T.SelectGreater(direction, zero, T.Constant(1), T.SelectGreater(zero, direction, T.Constant(-1), direction));
            T decayed = T.FusedMultiplyAdd(-step.Third, w, w);
            return T.FusedMultiplyAdd(-step.Rate, sign, decayed);
        }
    }
}
