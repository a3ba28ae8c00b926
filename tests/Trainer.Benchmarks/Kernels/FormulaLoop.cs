using System.Runtime.CompilerServices;
using Trainer.Engines.Cpu;
using Trainer.Formulas;
using Trainer.Optimizers;

namespace Trainer.Benchmarks.Kernels;

/// <summary>Runs formulas over arrays with the machine's widest vectors, as an engine does.</summary>
internal static unsafe class FormulaLoop
{
    /// <summary>What <see cref="Map{TFormula}"/> applies.</summary>
    internal interface IFormula
    {
        /// <summary>f(x).</summary>
        static abstract T Apply<T>(T x)
            where T : struct, IReal<T>;
    }

    /// <summary>Applies a formula to every number; the lengths are multiples of the widest vector.</summary>
    public static void Map<TFormula>(ReadOnlySpan<float> source, Span<float> destination)
        where TFormula : IFormula
    {
        fixed (float* from = source, to = destination)
        {
            switch (VectorWidths.Best)
            {
                case VectorWidth.Bits512:
                    Map<Lanes512, TFormula>(from, to, source.Length);
                    break;
                case VectorWidth.Bits256:
                    Map<Lanes256, TFormula>(from, to, source.Length);
                    break;
                case VectorWidth.Bits128:
                    Map<Lanes128, TFormula>(from, to, source.Length);
                    break;
                default:
                    Map<Scalar, TFormula>(from, to, source.Length);
                    break;
            }
        }
    }

    /// <summary>Updates every parameter.</summary>
    public static void Update<TRule>(TRule rule, UpdateArrays arrays, double lr, long step)
        where TRule : struct, IUpdateRule
    {
        switch (VectorWidths.Best)
        {
            case VectorWidth.Bits512:
                Update<Lanes512, TRule>(rule, arrays, lr, step);
                break;
            case VectorWidth.Bits256:
                Update<Lanes256, TRule>(rule, arrays, lr, step);
                break;
            case VectorWidth.Bits128:
                Update<Lanes128, TRule>(rule, arrays, lr, step);
                break;
            default:
                Update<Scalar, TRule>(rule, arrays, lr, step);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Map<T, TFormula>(float* source, float* destination, int count)
        where T : struct, ILanes<T>
        where TFormula : IFormula
    {
        for (int i = 0; i < count; i += T.Count)
        {
            T.Store(TFormula.Apply(T.Load(source + i)), destination + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Update<T, TRule>(TRule rule, UpdateArrays arrays, double lr, long step)
        where T : struct, ILanes<T>
        where TRule : struct, IUpdateRule
    {
        StepScalars<T> scalars = StepScalars<T>.From(rule.Scalars(lr, step));
        fixed (float* weights = arrays.Weights, gradient = arrays.Gradient, first = arrays.First, second = arrays.Second, third = arrays.Third)
        {
            for (int i = 0; i < arrays.Weights.Length; i += T.Count)
            {
                var state = new RuleState<T> { First = T.Load(first + i), Second = T.Load(second + i), Third = T.Load(third + i) };
                T.Store(rule.Update(T.Load(weights + i), T.Load(gradient + i), ref state, scalars), weights + i);
                if (TRule.StateCount > 0)
                {
                    T.Store(state.First, first + i);
                }
                if (TRule.StateCount > 1)
                {
                    T.Store(state.Second, second + i);
                }
                if (TRule.StateCount > 2)
                {
                    T.Store(state.Third, third + i);
                }
            }
        }
    }
}
