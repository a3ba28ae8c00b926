using System.ComponentModel;
using System.Runtime.CompilerServices;
using Trainer.Configuration;
using Trainer.Formulas;

namespace Trainer.Activations;

/// <summary>
/// The scaled exponential linear unit, f(z) = λ·z for z &gt; 0, else λα·(eᶻ − 1), with the λ and α at which mean 0 and
/// variance 1 of many inputs pass from layer to layer. f′(z) = λ for z &gt; 0, else λα·eᶻ = f(z) + λα: at 0 it is λα, as in
/// PyTorch. NaN stays NaN.
/// </summary>
/// <remarks>Klambauer, Unterthiner, Mayr, Hochreiter, "Self-normalizing neural networks" (NeurIPS 2017), equation 2 and the
/// constants behind equation 14.</remarks>
[ConfigName("selu")]
[Description("scaled elu that keeps mean 0 and variance 1")]
public sealed record Selu : Activation
{
    /// <inheritdoc/>
    public override TResult Accept<TResult>(IActivationVisitor<TResult> visitor) => visitor.Visit(default(Formula));

    /// <summary>The function as a formula.</summary>
    public readonly struct Formula : IActivationFormula
    {
        private const double Lambda = 1.0507009873554805;
        private const double LambdaAlpha = Lambda * 1.6732632423543772;

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Value<T>(T z)
            where T : struct, IReal<T> =>
            T.SelectGreater(z, T.Constant(0), T.Constant(Lambda) * z, T.Constant(LambdaAlpha) * T.Expm1(z));

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Derivative<T>(T z, T a)
            where T : struct, IReal<T> =>
            T.SelectGreater(z, T.Constant(0), T.Constant(Lambda), a + T.Constant(LambdaAlpha));
    }
}
