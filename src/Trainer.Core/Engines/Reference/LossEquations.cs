using Trainer.Formulas;

namespace Trainer.Engines.Reference;

/// <summary>The losses of one row and their gradients to its outputs, beside softmax and cross-entropy themselves
/// (<see cref="Equations"/>), as plain loops.</summary>
public static class LossEquations
{
    /// <summary>
    /// Cross-entropy to the smoothed target, loss = Σ_o t_o·(ln Σ − (z_o − max z)), with t_o = 1 − ε + ε/O for the right class
    /// and ε/O for the others; in order of o, in one accumulator.
    /// </summary>
    /// <param name="z_O">Logits.</param>
    /// <param name="label">The right class.</param>
    /// <param name="smoothing">ε.</param>
    /// <param name="p_O">Receives the probabilities.</param>
    /// <param name="prediction">Receives the most probable class, the first of equals.</param>
    public static T SmoothedCrossEntropy<T>(ReadOnlySpan<T> z_O, int label, double smoothing, Span<T> p_O, out int prediction)
        where T : struct, IScalarReal<T>
    {
        Equations.SoftmaxCrossEntropy(z_O, label, p_O, out prediction);
        T max = z_O[prediction];
        T sum = T.Constant(0);
        foreach (T z in z_O)
        {
            sum += T.Exp(z - max);
        }
        T log = T.Log(sum);
        T loss = T.Constant(0);
        for (int o = 0; o < z_O.Length; o++)
        {
            loss = T.FusedMultiplyAdd(Target<T>(o == label, smoothing, z_O.Length), log - (z_O[o] - max), loss);
        }
        return loss;
    }

    /// <summary>The gradient of the mean loss over B rows to one row's logits: dz_o = (p_o − t_o)/B.</summary>
    public static void SmoothedCrossEntropyBackward<T>(ReadOnlySpan<T> p_O, int label, double smoothing, int B, Span<T> dz_O)
        where T : struct, IReal<T>
    {
        for (int o = 0; o < p_O.Length; o++)
        {
            dz_O[o] = (p_O[o] - Target<T>(o == label, smoothing, p_O.Length)) / T.Constant(B);
        }
    }

    /// <summary>loss = 1/O·Σ_o (z_o − [o = y])², in order of o, in one accumulator.</summary>
    /// <param name="z_O">Outputs.</param>
    /// <param name="label">y.</param>
    /// <param name="prediction">Receives the class with the greatest output, the first of equals.</param>
    public static T MeanSquaredError<T>(ReadOnlySpan<T> z_O, int label, out int prediction)
        where T : struct, IScalarReal<T>
    {
        prediction = 0;
        T sum = T.Constant(0);
        for (int o = 0; o < z_O.Length; o++)
        {
            prediction = z_O[o].ToDouble() > z_O[prediction].ToDouble() ? o : prediction;
            T error = z_O[o] - T.Constant(o == label ? 1 : 0);
            sum = T.FusedMultiplyAdd(error, error, sum);
        }
        return sum / T.Constant(z_O.Length);
    }

    /// <summary>The gradient of the mean loss over B rows to one row's outputs: dz_o = 2·(z_o − [o = y])/(O·B).</summary>
    public static void MeanSquaredErrorBackward<T>(ReadOnlySpan<T> z_O, int label, int B, Span<T> dz_O)
        where T : struct, IReal<T>
    {
        for (int o = 0; o < z_O.Length; o++)
        {
            T error = z_O[o] - T.Constant(o == label ? 1 : 0);
            dz_O[o] = (error + error) / T.Constant((double)z_O.Length * B);
        }
    }

    /// <summary>t_o.</summary>
    public static T Target<T>(bool isLabel, double smoothing, int classes)
        where T : struct, IReal<T> =>
        T.Constant((isLabel ? 1 - smoothing : 0) + smoothing / classes);
}
