using System.Runtime.CompilerServices;
using Trainer.Formulas;

namespace Trainer.Regularizers;

/// <summary>What is done to an element of the gradient, and to its parameter, before the update rule.</summary>
/// <param name="L1">λ₁; 0 for none.</param>
/// <param name="L2">λ₂; 0 for none.</param>
/// <param name="Bound">Greatest magnitude of an element; 0 for no bound.</param>
/// <param name="WeightDecay">λ of the decoupled decay; 0 for none.</param>
public readonly record struct GradientTerms(float L1, float L2, float Bound, double WeightDecay)
{
    /// <summary>Added to a norm before it divides; the one of PyTorch's <c>clip_grad_norm_</c>.</summary>
    private const double NormEps = 1e-6;

    /// <summary>The terms of weights, or of all other parameters.</summary>
    public static GradientTerms Of(Regularization regularization, GradientClipping? clipping, bool weights)
    {
        bool applies = weights || regularization.Biases;
        return new GradientTerms(
            applies ? (float)regularization.L1 : 0, applies ? (float)regularization.L2 : 0, (float)(clipping?.Value ?? 0),
            applies ? regularization.WeightDecay : 0);
    }

    /// <summary>Whether nothing is done.</summary>
    public bool AreNone => this == default;

    /// <summary>η·λ, the share of a parameter that the decoupled decay takes in a step.</summary>
    public float Decay(double lr) => (float)(lr * WeightDecay);

    /// <summary>The gradient of data and penalties, within bounds.</summary>
    /// <param name="w">The parameter, before its decay.</param>
    /// <param name="g">The gradient of the data's loss.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Gradient<T>(T w, T g)
        where T : struct, IReal<T>
    {
        g = L2 == 0 ? g : AddL2(w, g, T.Constant(L2));
        g = L1 == 0 ? g : AddL1(w, g, T.Constant(L1));
        return Bound == 0 ? g : Clip(g, T.Constant(Bound));
    }

    /// <summary>g + λ·w.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T AddL2<T>(T w, T g, T lambda)
        where T : struct, IReal<T> => T.FusedMultiplyAdd(lambda, w, g);

    /// <summary>g + λ·sign(w), with sign(0) = 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T AddL1<T>(T w, T g, T lambda)
        where T : struct, IReal<T>
    {
        T zero = T.Constant(0);
        return g + T.SelectGreater(w, zero, lambda, T.SelectGreater(zero, w, -lambda, zero));
    }

    /// <summary>w − decay·w, rounded once: 1 − decay, rounded by itself, would make a decay of 1e-7 wrong by a fifth.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Shrink<T>(T w, T decay)
        where T : struct, IReal<T> => T.FusedMultiplyAdd(-decay, w, w);

    /// <summary>g, at least −<paramref name="bound"/> and at most that; NaN stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Clip<T>(T g, T bound)
        where T : struct, IReal<T> => T.SelectGreater(g, bound, bound, T.SelectGreater(-bound, g, -bound, g));

    /// <summary>min(1, c/(√squares + 10⁻⁶)): what a gradient is multiplied by to be no longer than c.</summary>
    /// <param name="squares">‖g‖².</param>
    /// <param name="norm">c.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T NormFactor<T>(T squares, T norm)
        where T : struct, IReal<T>
    {
        T one = T.Constant(1);
        T factor = norm / (T.Sqrt(squares) + T.Constant(NormEps));
        return T.SelectGreater(factor, one, one, factor);
    }

    /// <summary>c/‖w‖ where a unit's weights are longer than c, else 1.</summary>
    /// <param name="squares">‖w‖².</param>
    /// <param name="norm">c.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T UnitFactor<T>(T squares, T norm)
        where T : struct, IReal<T>
    {
        T length = T.Sqrt(squares);
        return T.SelectGreater(length, norm, norm / length, T.Constant(1));
    }

    /// <summary>d·ā + (1 − d)·w.</summary>
    /// <param name="average">ā.</param>
    /// <param name="w">The parameter.</param>
    /// <param name="decay">d.</param>
    /// <param name="rest">1 − d.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Average<T>(T average, T w, T decay, T rest)
        where T : struct, IReal<T> => T.FusedMultiplyAdd(decay, average, rest * w);
}
