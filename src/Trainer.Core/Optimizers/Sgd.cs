using System.ComponentModel;
using System.Runtime.CompilerServices;
using Trainer.Configuration;
using Trainer.Formulas;

namespace Trainer.Optimizers;

/// <summary>
/// Stochastic gradient descent, w ← w − η·g; with momentum μ (PyTorch's form)
/// v ← μ·v + g, w ← w − η·v, and with Nesterov's look-ahead w ← w − η·(g + μ·v). Dampening d makes it
/// v ← μ·v + (1 − d)·g from the second step on; the first sets v ← g.
/// </summary>
/// <remarks>Sutskever, Martens, Dahl, Hinton, "On the importance of initialization and momentum in deep learning"
/// (ICML 2013), equations 1 to 4, put η inside v; PyTorch's form, used here, differs only while η changes.</remarks>
[ConfigName("sgd")]
[Description("stochastic gradient descent, optionally with momentum")]
public sealed record Sgd : Optimizer, IValidated
{
    /// <summary>μ; 0 is plain gradient descent.</summary>
    [Bounds(0, Binary32Range.BelowOne)]
    [Description("share of the last step that is kept")]
    public double Momentum { get; init => field = Guard.InBounds<Sgd>(value); }

    /// <summary>Whether the gradient is taken where the momentum will have carried the parameters.</summary>
    [Description("Nesterov's form of momentum")]
    public bool Nesterov { get; init; }

    /// <summary>d, the share of the gradient that the momentum leaves out after the first step.</summary>
    [AddedLater]
    [Bounds(0, Binary32Range.BelowOne)]
    [Description("share of the gradient that momentum leaves out after the first step")]
    public double Dampening { get; init => field = Guard.InBounds<Sgd>(value); }

    /// <inheritdoc/>
    public IEnumerable<(string Key, string Problem)> Problems()
    {
        if (Nesterov && Momentum == 0)
        {
            yield return ("nesterov", "looks ahead along the momentum, and there is none; set momentum, e.g. 0.9");
        }
        if (Dampening != 0 && Momentum == 0)
        {
            yield return ("dampening", "damps what the momentum takes up, and there is none; set momentum, e.g. 0.9");
        }
        else if (Dampening != 0 && Nesterov)
        {
            yield return ("dampening", "does not go with nesterov; set it to 0, or nesterov to false");
        }
    }

    /// <inheritdoc/>
    public override TResult Accept<TResult>(IUpdateRuleVisitor<TResult> visitor) => (Momentum, Dampening) switch
    {
        (0, _) => visitor.Visit(default(PlainRule)),
        (_, 0) => visitor.Visit(new MomentumRule(Momentum, Nesterov)),
        _ => visitor.Visit(new DampenedRule(Momentum, Dampening)),
    };

    /// <summary>w − η·g.</summary>
    public readonly struct PlainRule : IUpdateRule
    {
        /// <inheritdoc/>
        public static int StateCount => 0;

        /// <inheritdoc/>
        public StepScalars Scalars(double lr, long step) => new((float)lr);

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Update<T>(T w, T g, ref RuleState<T> state, StepScalars<T> step)
            where T : struct, IReal<T> =>
            T.FusedMultiplyAdd(-step.Rate, g, w);
    }

    /// <summary>v ← μ·v + g; then w − η·v, or with Nesterov's look-ahead w − η·(g + μ·v).</summary>
    /// <param name="momentum">μ.</param>
    /// <param name="nesterov">Whether to look ahead.</param>
    public readonly struct MomentumRule(double momentum, bool nesterov) : IUpdateRule
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
            T mu = T.Constant(momentum);
            T v = T.FusedMultiplyAdd(mu, state.First, g);
            state.First = v;
            return T.FusedMultiplyAdd(-step.Rate, nesterov ? T.FusedMultiplyAdd(mu, v, g) : v, w);
        }
    }

    /// <summary>v ← μ·v + (1 − d)·g, in the first step v ← g; then w − η·v.</summary>
    /// <param name="momentum">μ.</param>
    /// <param name="dampening">d.</param>
    public readonly struct DampenedRule(double momentum, double dampening) : IUpdateRule
    {
        /// <inheritdoc/>
        public static int StateCount => 1;

        /// <summary>Rate η, correction 1 − d, in the first step 1.</summary>
        /// <inheritdoc/>
        public StepScalars Scalars(double lr, long step) => new((float)lr, step == 1 ? 1 : (float)(1 - dampening));

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Update<T>(T w, T g, ref RuleState<T> state, StepScalars<T> step)
            where T : struct, IReal<T>
        {
            T v = T.FusedMultiplyAdd(T.Constant(momentum), state.First, step.Correction * g);
            state.First = v;
            return T.FusedMultiplyAdd(-step.Rate, v, w);
        }
    }
}
