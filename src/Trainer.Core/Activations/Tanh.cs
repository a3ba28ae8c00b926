using System.ComponentModel;
using System.Runtime.CompilerServices;
using Trainer.Configuration;
using Trainer.Formulas;

namespace Trainer.Activations;

/// <summary>The hyperbolic tangent, f(z) = tanh z, f′(z) = 1 − f(z)², which is 1 at 0. NaN stays NaN.</summary>
[ConfigName("tanh")]
[Description("tanh(z)")]
public sealed record Tanh : Activation
{
    /// <inheritdoc/>
    public override TResult Accept<TResult>(IActivationVisitor<TResult> visitor) => visitor.Visit(default(Formula));

    /// <summary>The function as a formula.</summary>
    public readonly struct Formula : IActivationFormula
    {
        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Value<T>(T z)
            where T : struct, IReal<T> =>
            Elementary.Tanh(z);

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Derivative<T>(T z, T a)
            where T : struct, IReal<T> =>
            T.FusedMultiplyAdd(-a, a, T.Constant(1));
    }
}
