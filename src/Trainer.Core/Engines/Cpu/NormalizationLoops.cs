using System.Runtime.CompilerServices;
using Trainer.Engines.Reference;
using Trainer.Formulas;

namespace Trainer.Engines.Cpu;

/// <summary>Batch normalisation in vectors over units, as <see cref="NormalizationEquations"/>. A call is for a panel's columns
/// of all rows; rows lie <c>step</c> numbers apart.</summary>
internal static unsafe class NormalizationLoops
{
    /// <summary>Mean and squared differences of columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Statistics<TLanes>(float* z, nint step, int rows, int columns, float* mean, float* squares)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes count = TLanes.Constant(rows);
        for (int o = 0; o < columns; o += TLanes.Count)
        {
            TLanes sum = TLanes.Constant(0);
            for (int b = 0; b < rows; b++)
            {
                sum += TLanes.Load(z + b * step + o);
            }
            TLanes middle = sum / count;
            TLanes differences = TLanes.Constant(0);
            for (int b = 0; b < rows; b++)
            {
                TLanes difference = TLanes.Load(z + b * step + o) - middle;
                differences = TLanes.FusedMultiplyAdd(difference, difference, differences);
            }
            TLanes.Store(middle, mean + o);
            TLanes.Store(differences, squares + o);
        }
    }

    /// <summary>r = 1/√(squares/rows + ε); with one row, of variances.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Invert<TLanes>(float* squares, int rows, int columns, double eps, float* r)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes count = TLanes.Constant(rows);
        TLanes added = TLanes.Constant(eps);
        for (int o = 0; o < columns; o += TLanes.Count)
        {
            TLanes.Store(NormalizationEquations.InverseDeviation(TLanes.Load(squares + o) / count, added), r + o);
        }
    }

    /// <summary>running + m·(batch − running).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TLanes>(float* batch, int divisor, int columns, double momentum, float* running)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes m = TLanes.Constant(momentum);
        TLanes count = TLanes.Constant(divisor);
        for (int o = 0; o < columns; o += TLanes.Count)
        {
            TLanes now = TLanes.Load(running + o);
            TLanes.Store(TLanes.FusedMultiplyAdd(m, TLanes.Load(batch + o) / count - now, now), running + o);
        }
    }

    /// <summary>ẑ = (z − mean)·r, y = γ·ẑ + β.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward<TLanes>(
        float* z, nint step, int rows, int columns, float* mean, float* r, float* scale, float* shift, float* normal, float* y)
        where TLanes : struct, ILanes<TLanes>
    {
        for (int o = 0; o < columns; o += TLanes.Count)
        {
            TLanes middle = TLanes.Load(mean + o), inverse = TLanes.Load(r + o);
            TLanes gamma = TLanes.Load(scale + o), beta = TLanes.Load(shift + o);
            for (int b = 0; b < rows; b++)
            {
                nint at = b * step + o;
                TLanes value = (TLanes.Load(z + at) - middle) * inverse;
                TLanes.Store(value, normal + at);
                TLanes.Store(TLanes.FusedMultiplyAdd(gamma, value, beta), y + at);
            }
        }
    }

    /// <summary>dz in place of dy, dγ and dβ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward<TLanes>(
        float* dy, nint step, int rows, int columns, float* normal, float* r, float* scale, float* dScale, float* dShift)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes count = TLanes.Constant(rows);
        for (int o = 0; o < columns; o += TLanes.Count)
        {
            TLanes shiftSum = TLanes.Constant(0), scaleSum = shiftSum;
            for (int b = 0; b < rows; b++)
            {
                TLanes gradient = TLanes.Load(dy + b * step + o);
                shiftSum += gradient;
                scaleSum = TLanes.FusedMultiplyAdd(gradient, TLanes.Load(normal + b * step + o), scaleSum);
            }
            TLanes.Store(shiftSum, dShift + o);
            TLanes.Store(scaleSum, dScale + o);
            TLanes shiftPart = shiftSum / count, scalePart = scaleSum / count;
            TLanes factor = TLanes.Load(scale + o) * TLanes.Load(r + o);
            for (int b = 0; b < rows; b++)
            {
                nint at = b * step + o;
                TLanes centred = TLanes.Load(dy + at) - shiftPart;
                TLanes.Store(factor * TLanes.FusedMultiplyAdd(-TLanes.Load(normal + at), scalePart, centred), dy + at);
            }
        }
    }
}
