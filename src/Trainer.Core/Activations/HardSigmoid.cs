using System.ComponentModel;
using System.Runtime.CompilerServices;
using Trainer.Configuration;
using Trainer.Formulas;

namespace Trainer.Activations;

/// <summary>
/// The sigmoid of straight lines, f(z) = min(max(z + 3, 0), 6)/6. f′(z) = 1/6 for −3 &lt; z &lt; 3, else 0: at both corners 0,
/// as in PyTorch. NaN stays NaN.
/// </summary>
[ConfigName("hard_sigmoid", "hardsigmoid")]
[Description("relu6(z + 3) / 6")]
public sealed record HardSigmoid : Activation
{
    /// <inheritdoc/>
    public override TResult Accept<TResult>(IActivationVisitor<TResult> visitor) => visitor.Visit(default(Formula));

    /// <summary>The function as a formula.</summary>
    public readonly struct Formula : IActivationFormula
    {
        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Value<T>(T z)
            where T : struct, IReal<T>
        {
            T zero = T.Constant(0);
            T six = T.Constant(6);
            T shifted = z + T.Constant(3);
            shifted = T.SelectGreater(zero, shifted, zero, shifted);
            return T.SelectGreater(shifted, six, six, shifted) / six;
        }

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Derivative<T>(T z, T a)
            where T : struct, IReal<T>
        {
            T zero = T.Constant(0);
            T belowRight = T.SelectGreater(T.Constant(3), z, T.Constant(1.0 / 6), zero);
            return T.SelectGreater(z, T.Constant(-3), belowRight, zero);
        }
    }
}
