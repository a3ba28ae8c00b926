using System.ComponentModel;
using System.Runtime.CompilerServices;
using Trainer.Configuration;
using Trainer.Formulas;

namespace Trainer.Activations;

/// <summary>
/// The exponential linear unit, f(z) = z for z &gt; 0, else α·(eᶻ − 1). f′(z) = 1 for z &gt; 0, else α·eᶻ = f(z) + α: at 0
/// it is α, as in PyTorch. NaN stays NaN.
/// </summary>
/// <remarks>Clevert, Unterthiner, Hochreiter, "Fast and accurate deep network learning by exponential linear units" (ICLR 2016).</remarks>
[ConfigName("elu")]
[Description("z for z > 0, else alpha (exp(z) - 1)")]
public sealed record Elu : Activation
{
    /// <summary>α: f(z) falls to −α.</summary>
    [Bounds(0, Binary32Range.Largest)]
    [Description("the function falls to -alpha")]
    public double Alpha { get; init => field = Guard.InBounds<Elu>(value); } = 1;

    /// <inheritdoc/>
    public override TResult Accept<TResult>(IActivationVisitor<TResult> visitor) => visitor.Visit(new Formula(Alpha));

    /// <summary>The function as a formula.</summary>
    /// <param name="alpha">α.</param>
    public readonly struct Formula(double alpha) : IActivationFormula
    {
        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Value<T>(T z)
            where T : struct, IReal<T> =>
            T.SelectGreater(z, T.Constant(0), z, T.Constant(alpha) * T.Expm1(z));

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Derivative<T>(T z, T a)
            where T : struct, IReal<T> =>
            T.SelectGreater(z, T.Constant(0), T.Constant(1), a + T.Constant(alpha));
    }
}
