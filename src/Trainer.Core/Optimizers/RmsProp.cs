using System.ComponentModel;
using System.Runtime.CompilerServices;
using Trainer.Configuration;
using Trainer.Formulas;

namespace Trainer.Optimizers;

/// <summary>
/// RMSprop: s ← α·s + (1 − α)·g², w ← w − η·g/(√s + ε); with momentum μ b ← μ·b + g/(√s + ε), w ← w − η·b; centered, the
/// root is that of the variance: a ← α·a + (1 − α)·g, and √(s − a²) in the place of √s.
/// </summary>
/// <remarks>Tieleman and Hinton, "Lecture 6.5: RMSProp" (Coursera, Neural networks for machine learning, 2012); centered: Graves,
/// "Generating sequences with recurrent neural networks" (arXiv 1308.0850), equations 38 to 41, but with ε outside the root and η outside b, as PyTorch
/// has it. A deviation from PyTorch: where rounding makes s − a² negative it is 0 here, and not a number there.</remarks>
[ConfigName("rmsprop")]
[Usual(nameof(Lr), 1e-2)]
[Description("steps divided by the root of the mean square of the last gradients")]
public sealed record RmsProp : Optimizer
{
    /// <summary>α, the decay of the averages.</summary>
    [Bounds(0, Binary32Range.BelowOne)]
    [Description("decay of the average of g^2")]
    public double Alpha { get; init => field = Guard.InBounds<RmsProp>(value); } = 0.99;

    /// <summary>ε, which keeps the division finite.</summary>
    [Bounds(Binary32Range.Smallest, 1)]
    [Description("added to the denominator")]
    public double Eps { get; init => field = Guard.InBounds<RmsProp>(value); } = 1e-8;

    /// <summary>μ; 0 steps along the gradient alone.</summary>
    [Bounds(0, Binary32Range.BelowOne)]
    [Description("share of the last step that is kept")]
    public double Momentum { get; init => field = Guard.InBounds<RmsProp>(value); }

    /// <summary>Whether the gradient is divided by the root of its variance.</summary>
    [Description("divide by the root of the variance instead of the mean square")]
    public bool Centered { get; init; }

    /// <inheritdoc/>
    public override TResult Accept<TResult>(IUpdateRuleVisitor<TResult> visitor) => (Centered, Momentum) switch
    {
        (true, _) => visitor.Visit(new CenteredRule(Alpha, Eps, Momentum)),
        (_, 0) => visitor.Visit(new PlainRule(Alpha, Eps)),
        _ => visitor.Visit(new MomentumRule(Alpha, Eps, Momentum)),
    };

    /// <summary>w − η·g/(√s + ε).</summary>
    /// <param name="alpha">α.</param>
    /// <param name="eps">ε.</param>
    public readonly struct PlainRule(double alpha, double eps) : IUpdateRule
    {
        /// <inheritdoc/>
        public static int StateCount => 1;

        /// <inheritdoc/>
        public StepScalars Scalars(double lr, long step) => new((float)lr);

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Update<T>(T w, T g, ref RuleState<T> state, StepScalars<T> step)
            where T : struct, IReal<T>
        {
            T s = MovingAverage.Next(alpha, state.First, g * g);
            state.First = s;
            return T.FusedMultiplyAdd(-step.Rate, g / (T.Sqrt(s) + T.Constant(eps)), w);
        }
    }

    /// <summary>b ← μ·b + g/(√s + ε), then w − η·b.</summary>
    /// <param name="alpha">α.</param>
    /// <param name="eps">ε.</param>
    /// <param name="momentum">μ.</param>
    public readonly struct MomentumRule(double alpha, double eps, double momentum) : IUpdateRule
    {
        /// <inheritdoc/>
        public static int StateCount => 2;

        /// <inheritdoc/>
        public StepScalars Scalars(double lr, long step) => new((float)lr);

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Update<T>(T w, T g, ref RuleState<T> state, StepScalars<T> step)
            where T : struct, IReal<T>
        {
            T s = MovingAverage.Next(alpha, state.First, g * g);
            T b = T.FusedMultiplyAdd(T.Constant(momentum), state.Second, g / (T.Sqrt(s) + T.Constant(eps)));
            state.First = s;
            state.Second = b;
            return T.FusedMultiplyAdd(-step.Rate, b, w);
        }
    }

    /// <summary>b ← μ·b + g/(√(s − a²) + ε), then w − η·b; without momentum b is the step itself.</summary>
    /// <param name="alpha">α.</param>
    /// <param name="eps">ε.</param>
    /// <param name="momentum">μ, or 0.</param>
    public readonly struct CenteredRule(double alpha, double eps, double momentum) : IUpdateRule
    {
        /// <inheritdoc/>
        public static int StateCount => 3;

        /// <inheritdoc/>
        public StepScalars Scalars(double lr, long step) => new((float)lr);

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Update<T>(T w, T g, ref RuleState<T> state, StepScalars<T> step)
            where T : struct, IReal<T>
        {
            T s = MovingAverage.Next(alpha, state.First, g * g);
            T a = MovingAverage.Next(alpha, state.Second, g);
            T zero = T.Constant(0);
            T difference = T.FusedMultiplyAdd(-a, a, s);
            // 0 is not greater than what is no number, so that comes through.
            T variance = T.SelectGreater(zero, difference, zero, difference);
            T b = T.FusedMultiplyAdd(T.Constant(momentum), state.Third, g / (T.Sqrt(variance) + T.Constant(eps)));
            state.First = s;
            state.Second = a;
            state.Third = b;
            return T.FusedMultiplyAdd(-step.Rate, b, w);
        }
    }
}
