using System.Runtime.CompilerServices;
using Trainer.Activations;
using Trainer.Formulas;

namespace Trainer.Engines.Cpu;

/// <summary>The loops of one formula.</summary>
/// <param name="formula">f.</param>
internal sealed unsafe class ActivationLoops<TLanes, TFormula>(TFormula formula) : ActivationLoops<TLanes>
    where TLanes : struct, ILanes<TLanes>
    where TFormula : struct, IActivationFormula
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Activate(float* z, int count, float* a)
    {
        // A copy, which no store below can change.
        TFormula f = formula;
        for (int k = 0; k < count; k += TLanes.Count)
        {
            TLanes.Store(f.Value(TLanes.Load(z + k)), a + k);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void ActivateRows(int* rows, int count, int width, float* z, float* a)
    {
        TFormula f = formula;
        for (int k = 0; k < count; k++)
        {
            nint row = (nint)rows[k] * width;
            for (nint o = row; o < row + width; o += TLanes.Count)
            {
                TLanes.Store(f.Value(TLanes.Load(z + o)), a + o);
            }
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Differentiate(float* z, float* a, int count, float* da)
    {
        TFormula f = formula;
        for (int k = 0; k < count; k += TLanes.Count)
        {
            TLanes derivative = f.Derivative(TLanes.Load(z + k), TLanes.Load(a + k));
            TLanes.Store(TLanes.Load(da + k) * derivative, da + k);
        }
    }
}
