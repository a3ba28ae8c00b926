using System.ComponentModel;
using System.Runtime.CompilerServices;
using Trainer.Configuration;
using Trainer.Formulas;

namespace Trainer.Activations;

/// <summary>
/// The Gaussian error linear unit, f(z) = z·Φ(z) with Φ(z) = ½·(1 + erf(z/√2)); f′(z) = Φ(z) + z·φ(z), φ(z) = e^(−z²/2)/√(2π).
/// NaN stays NaN; f(−∞) is NaN, as in PyTorch.
/// </summary>
/// <remarks>Hendrycks and Gimpel, "Gaussian error linear units (GELUs)" (arXiv 1606.08415, 2016), section 2. PyTorch computes
/// 1 + erf(z/√2), which has no digits left below z = −5.5; Φ here keeps them.</remarks>
[ConfigName("gelu")]
[Description("z times the share of a normal distribution below z")]
public sealed record Gelu : Activation
{
    /// <summary>Whether Φ is computed itself, or an approximation to it.</summary>
    [Description("tanh: z (1 + tanh(sqrt(2/pi) (z + 0.044715 z^3))) / 2 instead")]
    public GeluForm Approximate { get; init; }

    /// <inheritdoc/>
    public override TResult Accept<TResult>(IActivationVisitor<TResult> visitor) => Approximate == GeluForm.Tanh
        ? visitor.Visit(default(TanhFormula))
        : visitor.Visit(default(Formula));

    /// <summary>The function as a formula.</summary>
    public readonly struct Formula : IActivationFormula
    {
        private const double InverseRootOfTwoPi = 0.3989422804014327;

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Value<T>(T z)
            where T : struct, IReal<T> =>
            z * T.NormalCdf(z);

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Derivative<T>(T z, T a)
            where T : struct, IReal<T>
        {
            T density = T.Constant(InverseRootOfTwoPi) * T.Exp(T.Constant(-0.5) * (z * z));
            return T.FusedMultiplyAdd(z, density, T.NormalCdf(z));
        }
    }

    /// <summary>
    /// With u = √(2/π)·(z + 0.044715·z³): ½·(1 + tanh u) = σ(2u), so f(z) = z/(1 + e^−2u), and
    /// f′(z) = σ + f(z)·(1 − σ)·2u′.
    /// </summary>
    public readonly struct TanhFormula : IActivationFormula
    {
        private const double TwiceRoot = 1.5957691216057308;
        private const double Cubic = 0.044715;

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Value<T>(T z)
            where T : struct, IReal<T> =>
            z / (T.Constant(1) + T.Exp(-TwiceU(z)));

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Derivative<T>(T z, T a)
            where T : struct, IReal<T>
        {
            T one = T.Constant(1);
            T e = T.Exp(-TwiceU(z));
            T sigmoid = one / (one + e);
            // 1 − σ, which right of 0 would lose the digits that z and u′ then make much of.
            T rest = T.SelectGreater(e, one, one - sigmoid, e * sigmoid);
            T slope = T.FusedMultiplyAdd(T.Constant(3 * TwiceRoot * Cubic), z * z, T.Constant(TwiceRoot));
            return T.FusedMultiplyAdd(a * rest, slope, sigmoid);
        }

        /// <summary>2u.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static T TwiceU<T>(T z)
            where T : struct, IReal<T> =>
            z * T.FusedMultiplyAdd(T.Constant(TwiceRoot * Cubic), z * z, T.Constant(TwiceRoot));
    }
}
