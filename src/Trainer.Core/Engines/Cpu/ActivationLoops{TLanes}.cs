using Trainer.Activations;
using Trainer.Formulas;

namespace Trainer.Engines.Cpu;

/// <summary>A layer's activation in vectors, behind one face for all formulas: a call is for some thousand numbers, so that it
/// costs nothing that matters. Counts are multiples of <see cref="AlignedBuffer.LineLength"/>, which every vector width divides.</summary>
internal abstract unsafe class ActivationLoops<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    /// <summary>The loops of <paramref name="activation"/>.</summary>
    public static ActivationLoops<TLanes> Of(Activation activation) => activation.Accept(default(Visitor));

    /// <summary>a = f(z).</summary>
    public abstract void Activate(float* z, int count, float* a);

    /// <summary>a = f(z) of some rows of a panel.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="count">How many rows.</param>
    /// <param name="width">Columns of the panel.</param>
    /// <param name="z">The panel of z.</param>
    /// <param name="a">The panel of a.</param>
    public abstract void ActivateRows(int* rows, int count, int width, float* z, float* a);

    /// <summary>dz = da·f′(z), in place of da.</summary>
    public abstract void Differentiate(float* z, float* a, int count, float* da);

    private readonly struct Visitor : IActivationVisitor<ActivationLoops<TLanes>>
    {
        public ActivationLoops<TLanes> Visit<TFormula>(TFormula formula)
            where TFormula : struct, IActivationFormula => new ActivationLoops<TLanes, TFormula>(formula);
    }
}
