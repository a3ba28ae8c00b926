using System.ComponentModel;
using System.Runtime.CompilerServices;
using Trainer.Configuration;
using Trainer.Formulas;

namespace Trainer.Activations;

/// <summary>
/// The rectifier that leaks, f(z) = z for z &gt; 0, else s·z. f′(z) = 1 for z &gt; 0, else s: at 0 the slope of the left side,
/// as in PyTorch. NaN stays NaN.
/// </summary>
/// <remarks>Maas, Hannun, Ng, "Rectifier nonlinearities improve neural network acoustic models" (ICML 2013).</remarks>
[ConfigName("leaky_relu")]
[Description("z for z > 0, else negative_slope z")]
public sealed record LeakyRelu : Activation
{
    /// <summary>s, the slope below 0.</summary>
    [Bounds(0, Binary32Range.Largest)]
    [Description("slope for z < 0")]
    public double NegativeSlope { get; init => field = Guard.InBounds<LeakyRelu>(value); } = 0.01;

    /// <inheritdoc/>
    public override TResult Accept<TResult>(IActivationVisitor<TResult> visitor) => visitor.Visit(new Formula(NegativeSlope));

    /// <summary>The function as a formula.</summary>
    /// <param name="negativeSlope">s.</param>
    public readonly struct Formula(double negativeSlope) : IActivationFormula
    {
        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Value<T>(T z)
            where T : struct, IReal<T> =>
            T.SelectGreater(z, T.Constant(0), z, T.Constant(negativeSlope) * z);

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Derivative<T>(T z, T a)
            where T : struct, IReal<T> =>
            T.SelectGreater(z, T.Constant(0), T.Constant(1), T.Constant(negativeSlope));
    }
}
