using Trainer.Activations;
using Trainer.Formulas;

namespace Trainer.Engines.Reference;

/// <summary>A layer's activation, forward and backward, behind one face for all formulas.</summary>
/// <typeparam name="T">The number type.</typeparam>
public abstract class NaiveActivation<T>
    where T : struct, IReal<T>
{
    /// <summary>The loops of <paramref name="activation"/>.</summary>
    public static NaiveActivation<T> Of(Activation activation) => activation.Accept(default(Visitor));

    /// <summary>a = f(z); see <see cref="Equations.ActivationForward"/>.</summary>
    public abstract void Forward(ReadOnlySpan<T> z, Span<T> a);

    /// <summary>dz = da·f′(z); see <see cref="Equations.ActivationBackward"/>.</summary>
    public abstract void Backward(ReadOnlySpan<T> da, ReadOnlySpan<T> z, ReadOnlySpan<T> a, Span<T> dz);

    private readonly struct Visitor : IActivationVisitor<NaiveActivation<T>>
    {
        public NaiveActivation<T> Visit<TFormula>(TFormula formula)
            where TFormula : struct, IActivationFormula => new Loops<TFormula>(formula);
    }

    private sealed class Loops<TFormula>(TFormula formula) : NaiveActivation<T>
        where TFormula : struct, IActivationFormula
    {
        public override void Forward(ReadOnlySpan<T> z, Span<T> a) => Equations.ActivationForward(formula, z, a);

        public override void Backward(ReadOnlySpan<T> da, ReadOnlySpan<T> z, ReadOnlySpan<T> a, Span<T> dz) =>
            Equations.ActivationBackward(formula, da, z, a, dz);
    }
}
