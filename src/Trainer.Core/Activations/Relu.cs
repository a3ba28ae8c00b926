using System.ComponentModel;
using System.Runtime.CompilerServices;
using Trainer.Configuration;
using Trainer.Formulas;

namespace Trainer.Activations;

/// <summary>The rectifier, f(z) = max(0, z). f′(z) = 1 for z &gt; 0, else 0 (at 0 as in PyTorch). NaN stays NaN.</summary>
[ConfigName("relu")]
[Description("max(0, z)")]
public sealed record Relu : Activation
{
    /// <inheritdoc/>
    public override TResult Accept<TResult>(IActivationVisitor<TResult> visitor) => visitor.Visit(default(Formula));

    /// <summary>The rectifier as a formula.</summary>
    public readonly struct Formula : IActivationFormula
    {
        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Value<T>(T z)
            where T : struct, IReal<T> =>
            T.SelectGreater(T.Constant(0), z, T.Constant(0), z);

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Derivative<T>(T z, T a)
            where T : struct, IReal<T> =>
            T.SelectGreater(a, T.Constant(0), T.Constant(1), T.Constant(0));
    }
}
