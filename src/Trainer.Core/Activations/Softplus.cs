using System.ComponentModel;
using System.Runtime.CompilerServices;
using Trainer.Configuration;
using Trainer.Formulas;

namespace Trainer.Activations;

/// <summary>
/// The soft rectifier, f(z) = ln(1 + e^βz)/β, f′(z) = 1/(1 + e^−βz). Where βz is above a threshold, f(z) = z and f′(z) = 1, as
/// in PyTorch; the step there is e^−threshold/β. NaN stays NaN.
/// </summary>
/// <remarks>Dugas, Bengio, Bélisle, Nadeau, Garcia, "Incorporating second-order functional knowledge for better option
/// pricing" (NeurIPS 2000).</remarks>
[ConfigName("softplus")]
[Description("ln(1 + exp(beta z)) / beta; z where beta z > threshold")]
public sealed record Softplus : Activation
{
    /// <summary>β: the larger, the nearer to the rectifier.</summary>
    [Bounds(Binary32Range.Smallest, Binary32Range.Largest)]
    [Description("the larger, the nearer to relu")]
    public double Beta { get; init => field = Guard.InBounds<Softplus>(value); } = 1;

    /// <summary>Where βz is above it, f(z) is z.</summary>
    [Bounds(0, Binary32Range.Largest)]
    [Description("where beta z is above it, f(z) is z")]
    public double Threshold { get; init => field = Guard.InBounds<Softplus>(value); } = 20;

    /// <inheritdoc/>
    public override TResult Accept<TResult>(IActivationVisitor<TResult> visitor) => visitor.Visit(new Formula(Beta, Threshold));

    /// <summary>The function as a formula.</summary>
    /// <param name="beta">β.</param>
    /// <param name="threshold">Where βz is above it, f(z) is z.</param>
    public readonly struct Formula(double beta, double threshold) : IActivationFormula
    {
        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Value<T>(T z)
            where T : struct, IReal<T>
        {
            T zero = T.Constant(0);
            T scaled = T.Constant(beta) * z;
            // ln(1 + eˣ) = max(x, 0) + ln(1 + e^−|x|), which neither overflows nor loses digits on the left.
            T positive = T.SelectGreater(scaled, zero, scaled, zero);
            T negative = T.SelectGreater(scaled, zero, -scaled, scaled);
            T soft = positive + Elementary.Log1p(T.Exp(negative));
            return T.SelectGreater(scaled, T.Constant(threshold), z, soft / T.Constant(beta));
        }

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Derivative<T>(T z, T a)
            where T : struct, IReal<T>
        {
            T one = T.Constant(1);
            T scaled = T.Constant(beta) * z;
            T sigmoid = one / (one + T.Exp(-scaled));
            return T.SelectGreater(scaled, T.Constant(threshold), one, sigmoid);
        }
    }
}
