using System.ComponentModel;
using System.Runtime.CompilerServices;
using Trainer.Configuration;
using Trainer.Formulas;

namespace Trainer.Activations;

/// <summary>
/// The sigmoid linear unit, f(z) = z·σ(z) = z/(1 + e^−z). f′(z) = σ(z)·(1 + z·(1 − σ(z))) = σ(z) + f(z)·(1 − σ(z)). NaN
/// stays NaN; f(−∞) is NaN, as in PyTorch.
/// </summary>
/// <remarks>Elfwing, Uchibe, Doya, "Sigmoid-weighted linear units for neural network function approximation in reinforcement
/// learning" (Neural Networks 107, 2018).</remarks>
[ConfigName("silu", "swish")]
[Description("z / (1 + exp(-z))")]
public sealed record Silu : Activation
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
            z / (T.Constant(1) + T.Exp(-z));

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Derivative<T>(T z, T a)
            where T : struct, IReal<T>
        {
            T one = T.Constant(1);
            T sigmoid = one / (one + T.Exp(-z));
            return T.FusedMultiplyAdd(a, one - sigmoid, sigmoid);
        }
    }
}
