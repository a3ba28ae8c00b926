using System.ComponentModel;
using System.Runtime.CompilerServices;
using Trainer.Configuration;
using Trainer.Formulas;

namespace Trainer.Activations;

/// <summary>The logistic function, f(z) = 1/(1 + e^−z), f′(z) = f(z)·(1 − f(z)), which is at most ¼.</summary>
[ConfigName("sigmoid")]
[Description("1 / (1 + exp(-z))")]
public sealed record Sigmoid : Activation
{
    /// <inheritdoc/>
    public override TResult Accept<TResult>(IActivationVisitor<TResult> visitor) => visitor.Visit(default(Formula));

    /// <summary>The logistic function as a formula.</summary>
    public readonly struct Formula : IActivationFormula
    {
        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Value<T>(T z)
            where T : struct, IReal<T> =>
            T.Constant(1) / (T.Constant(1) + T.Exp(-z));

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Derivative<T>(T z, T a)
            where T : struct, IReal<T> =>
            a * (T.Constant(1) - a);
    }
}
