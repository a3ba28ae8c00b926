using Trainer.Activations;
using Trainer.Formulas;

namespace Trainer.Engines.Reference;

/// <summary>
/// Every equation of a multi-layer perceptron and of its back-propagation, as the plain loop that it is. Slow and
/// obvious: the oracle that the fast engines are compared with, bit by bit.
/// </summary>
/// <remarks>
/// B rows, I inputs, O outputs; row-major, last index fastest: x_BI, w_OI, z_BO. Each sum runs in ascending order in
/// one accumulator; no other order gives the same bits.
/// </remarks>
public static class Equations
{
    /// <summary>z = x·Wᵀ + b: z[b,o] = bias[o] + Σ_i x[b,i]·w[o,i].</summary>
    public static void DenseForward<T>(
        ReadOnlySpan<T> x_BI, ReadOnlySpan<T> w_OI, ReadOnlySpan<T> bias_O, int B, int I, int O, Span<T> z_BO)
        where T : struct, IReal<T>
    {
        for (int b = 0; b < B; b++)
        {
            for (int o = 0; o < O; o++)
            {
                T z = bias_O[o];
                for (int i = 0; i < I; i++)
                {
                    z = T.FusedMultiplyAdd(x_BI[b * I + i], w_OI[o * I + i], z);
                }
                z_BO[b * O + o] = z;
            }
        }
    }

    /// <summary>a = f(z), element by element.</summary>
    public static void ActivationForward<T, TActivation>(TActivation f, ReadOnlySpan<T> z, Span<T> a)
        where T : struct, IReal<T>
        where TActivation : struct, IActivationFormula
    {
        for (int k = 0; k < z.Length; k++)
        {
            a[k] = f.Value(z[k]);
        }
    }

    /// <summary>
    /// Softmax and cross-entropy of one row: p_o = e^(z_o − max z)/Σ, loss = ln Σ − (z_y − max z).
    /// The maximum is taken off so that no exponential overflows; it cancels in both.
    /// </summary>
    /// <param name="z_O">Logits.</param>
    /// <param name="label">y, the right class.</param>
    /// <param name="p_O">Receives the probabilities.</param>
    /// <param name="prediction">Receives the most probable class, the first of equals.</param>
    /// <returns>The loss.</returns>
    public static T SoftmaxCrossEntropy<T>(ReadOnlySpan<T> z_O, int label, Span<T> p_O, out int prediction)
        where T : struct, IScalarReal<T>
    {
        prediction = 0;
        for (int o = 1; o < z_O.Length; o++)
        {
            if (z_O[o].ToDouble() > z_O[prediction].ToDouble())
            {
                prediction = o;
            }
        }
        T max = z_O[prediction];
        T sum = T.Constant(0);
        for (int o = 0; o < z_O.Length; o++)
        {
            p_O[o] = T.Exp(z_O[o] - max);
            sum += p_O[o];
        }
        for (int o = 0; o < z_O.Length; o++)
        {
            p_O[o] /= sum;
        }
        return T.Log(sum) - (z_O[label] - max);
    }

    /// <summary>The gradient of the mean loss over B rows to one row's logits: dz_o = (p_o − [o = y])/B.</summary>
    public static void SoftmaxCrossEntropyBackward<T>(ReadOnlySpan<T> p_O, int label, int B, Span<T> dz_O)
        where T : struct, IReal<T>
    {
        for (int o = 0; o < p_O.Length; o++)
        {
            T target = T.Constant(o == label ? 1 : 0);
            dz_O[o] = (p_O[o] - target) / T.Constant(B);
        }
    }

    /// <summary>dW = dzᵀ·x: dw[o,i] = Σ_b dz[b,o]·x[b,i].</summary>
    public static void WeightGradient<T>(
        ReadOnlySpan<T> dz_BO, ReadOnlySpan<T> x_BI, int B, int I, int O, Span<T> dw_OI)
        where T : struct, IReal<T>
    {
        for (int o = 0; o < O; o++)
        {
            for (int i = 0; i < I; i++)
            {
                T dw = T.Constant(0);
                for (int b = 0; b < B; b++)
                {
                    dw = T.FusedMultiplyAdd(dz_BO[b * O + o], x_BI[b * I + i], dw);
                }
                dw_OI[o * I + i] = dw;
            }
        }
    }

    /// <summary>db[o] = Σ_b dz[b,o].</summary>
    public static void BiasGradient<T>(ReadOnlySpan<T> dz_BO, int B, int O, Span<T> db_O)
        where T : struct, IReal<T>
    {
        for (int o = 0; o < O; o++)
        {
            T db = T.Constant(0);
            for (int b = 0; b < B; b++)
            {
                db += dz_BO[b * O + o];
            }
            db_O[o] = db;
        }
    }

    /// <summary>dx = dz·W: dx[b,i] = Σ_o dz[b,o]·w[o,i].</summary>
    public static void InputGradient<T>(
        ReadOnlySpan<T> dz_BO, ReadOnlySpan<T> w_OI, int B, int I, int O, Span<T> dx_BI)
        where T : struct, IReal<T>
    {
        for (int b = 0; b < B; b++)
        {
            for (int i = 0; i < I; i++)
            {
                T dx = T.Constant(0);
                for (int o = 0; o < O; o++)
                {
                    dx = T.FusedMultiplyAdd(dz_BO[b * O + o], w_OI[o * I + i], dx);
                }
                dx_BI[b * I + i] = dx;
            }
        }
    }

    /// <summary>dz = da·f′(z), element by element, where da is the gradient to a = f(z).</summary>
    public static void ActivationBackward<T, TActivation>(
        TActivation f, ReadOnlySpan<T> da, ReadOnlySpan<T> z, ReadOnlySpan<T> a, Span<T> dz)
        where T : struct, IReal<T>
        where TActivation : struct, IActivationFormula
    {
        for (int k = 0; k < z.Length; k++)
        {
            dz[k] = da[k] * f.Derivative(z[k], a[k]);
        }
    }

    /// <summary>product = left·right, element by element: a dropout mask forward and backward.</summary>
    public static void Multiply<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<T> product)
        where T : struct, IReal<T>
    {
        for (int k = 0; k < left.Length; k++)
        {
            product[k] = left[k] * right[k];
        }
    }
}
