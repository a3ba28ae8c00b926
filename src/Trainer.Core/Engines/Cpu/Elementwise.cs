using System.Runtime.CompilerServices;
using Trainer.Activations;
using Trainer.Formulas;
using Trainer.Optimizers;

namespace Trainer.Engines.Cpu;

/// <summary>Loops over single elements, in vectors. Counts are multiples of <see cref="AlignedBuffer.LineLength"/>,
/// which every vector width divides.</summary>
internal static unsafe class Elementwise
{
    /// <summary>x = byte/255; what does not fill a vector goes one by one, so that nothing is read behind the row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void FromBytes<TLanes>(ReadOnlySpan<byte> pixels, float* x)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes scale = TLanes.Constant(255);
        int i = 0;
        fixed (byte* source = pixels)
        {
            for (; i + TLanes.Count <= pixels.Length; i += TLanes.Count)
            {
                TLanes.Store(TLanes.LoadBytes(source + i) / scale, x + i);
            }
            for (; i < pixels.Length; i++)
            {
                Scalar.Store(Scalar.LoadBytes(source + i) / Scalar.Constant(255), x + i);
            }
        }
    }

    /// <summary>a = f(z).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Activate<TLanes, TActivation>(TActivation f, float* z, int count, float* a)
        where TLanes : struct, ILanes<TLanes>
        where TActivation : struct, IActivationFormula
    {
        for (int k = 0; k < count; k += TLanes.Count)
        {
            TLanes.Store(f.Value(TLanes.Load(z + k)), a + k);
        }
    }

    /// <summary>dz = da·f′(z), in place of da.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Differentiate<TLanes, TActivation>(TActivation f, float* z, float* a, int count, float* da)
        where TLanes : struct, ILanes<TLanes>
        where TActivation : struct, IActivationFormula
    {
        for (int k = 0; k < count; k += TLanes.Count)
        {
            TLanes derivative = f.Derivative(TLanes.Load(z + k), TLanes.Load(a + k));
            TLanes.Store(TLanes.Load(da + k) * derivative, da + k);
        }
    }

    /// <summary>db[o] = Σ_b dz[b,o], b ascending.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SumRows<TLanes>(float* dz, nint step, int rows, int columns, float* db)
        where TLanes : struct, ILanes<TLanes>
    {
        for (int o = 0; o < columns; o += TLanes.Count)
        {
            TLanes sum = TLanes.Constant(0);
            for (int b = 0; b < rows; b++)
            {
                sum += TLanes.Load(dz + b * step + o);
            }
            TLanes.Store(sum, db + o);
        }
    }

    /// <summary>One step of the update rule on <paramref name="count"/> parameters.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="scalars">What the step's parameters share.</param>
    /// <param name="g">Gradient.</param>
    /// <param name="count">How many.</param>
    /// <param name="first">First state, or null.</param>
    /// <param name="second">Second state, or null.</param>
    /// <param name="w">Parameters, read and written.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Update<TLanes, TRule>(
        TRule rule, StepScalars scalars, float* g, int count, float* first, float* second, float* w)
        where TLanes : struct, ILanes<TLanes>
        where TRule : struct, IUpdateRule
    {
        StepScalars<TLanes> step = StepScalars<TLanes>.From(scalars);
        TLanes s0 = default;
        TLanes s1 = default;
        for (int k = 0; k < count; k += TLanes.Count)
        {
            if (TRule.StateCount > 0)
            {
                s0 = TLanes.Load(first + k);
            }
            if (TRule.StateCount > 1)
            {
                s1 = TLanes.Load(second + k);
            }
            TLanes.Store(rule.Update(TLanes.Load(w + k), TLanes.Load(g + k), ref s0, ref s1, step), w + k);
            if (TRule.StateCount > 0)
            {
                TLanes.Store(s0, first + k);
            }
            if (TRule.StateCount > 1)
            {
                TLanes.Store(s1, second + k);
            }
        }
    }

    /// <summary>
    /// Softmax and cross-entropy of one row, as <see cref="Reference.Equations.SoftmaxCrossEntropy"/>; the exponentials
    /// and quotients in vectors, the maximum and the sum in order.
    /// </summary>
    /// <param name="z">Logits, (O), padded.</param>
    /// <param name="outputs">O.</param>
    /// <param name="label">The right class.</param>
    /// <param name="p">Receives the probabilities, padded; what stands in the padding means nothing.</param>
    /// <param name="prediction">Receives the most probable class, the first of equals.</param>
    /// <returns>The loss.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float SoftmaxCrossEntropy<TLanes>(float* z, int outputs, int label, float* p, out int prediction)
        where TLanes : struct, ILanes<TLanes>
    {
        int best = 0;
        for (int o = 1; o < outputs; o++)
        {
            best = z[o] > z[best] ? o : best;
        }
        prediction = best;
        TLanes max = TLanes.Broadcast(z[best]);
        for (int o = 0; o < outputs; o += TLanes.Count)
        {
            TLanes.Store(TLanes.Exp(TLanes.Load(z + o) - max), p + o);
        }
        float sum = 0;
        for (int o = 0; o < outputs; o++)
        {
            sum += p[o];
        }
        TLanes total = TLanes.Broadcast(sum);
        for (int o = 0; o < outputs; o += TLanes.Count)
        {
            TLanes.Store(TLanes.Load(p + o) / total, p + o);
        }
        return (Scalar.Log(new Scalar(sum)) - new Scalar(z[label] - z[best])).Value;
    }

    /// <summary>dz_o = (p_o − [o = y])/B, in place of p; the padding becomes 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SoftmaxCrossEntropyBackward<TLanes>(int outputs, int label, int rows, int padded, float* p)
        where TLanes : struct, ILanes<TLanes>
    {
        p[label] -= 1;
        TLanes count = TLanes.Constant(rows);
        for (int o = 0; o < outputs; o += TLanes.Count)
        {
            TLanes.Store(TLanes.Load(p + o) / count, p + o);
        }
        new Span<float>(p + outputs, padded - outputs).Clear();
    }
}
