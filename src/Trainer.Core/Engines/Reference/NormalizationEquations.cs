using Trainer.Formulas;

namespace Trainer.Engines.Reference;

/// <summary>Batch normalisation of a layer and its gradient, as the plain loops that they are.</summary>
/// <remarks>B rows, O outputs, row-major. Sums over rows run in ascending order in one accumulator.</remarks>
public static class NormalizationEquations
{
    /// <summary>mean[o] = Σ_b z[b,o]/B and Σ_b (z[b,o] − mean[o])², which is B times the variance.</summary>
    public static void Statistics<T>(ReadOnlySpan<T> z_BO, int B, int O, Span<T> mean_O, Span<T> squares_O)
        where T : struct, IReal<T>
    {
        for (int o = 0; o < O; o++)
        {
            T sum = T.Constant(0);
            for (int b = 0; b < B; b++)
            {
                sum += z_BO[b * O + o];
            }
            mean_O[o] = sum / T.Constant(B);
            T squares = T.Constant(0);
            for (int b = 0; b < B; b++)
            {
                T difference = z_BO[b * O + o] - mean_O[o];
                squares = T.FusedMultiplyAdd(difference, difference, squares);
            }
            squares_O[o] = squares;
        }
    }

    /// <summary>One step of the running statistics: running + m·(batch − running), the batch's variance divided by B − 1.</summary>
    public static void Run<T>(
        ReadOnlySpan<T> mean_O, ReadOnlySpan<T> squares_O, int B, T momentum, Span<T> runningMean_O, Span<T> runningVariance_O)
        where T : struct, IReal<T>
    {
        for (int o = 0; o < mean_O.Length; o++)
        {
            T variance = squares_O[o] / T.Constant(B - 1);
            runningMean_O[o] = T.FusedMultiplyAdd(momentum, mean_O[o] - runningMean_O[o], runningMean_O[o]);
            runningVariance_O[o] = T.FusedMultiplyAdd(momentum, variance - runningVariance_O[o], runningVariance_O[o]);
        }
    }

    /// <summary>1/√(variance + ε).</summary>
    public static T InverseDeviation<T>(T variance, T eps)
        where T : struct, IReal<T> => T.Constant(1) / T.Sqrt(variance + eps);

    /// <summary>ẑ = (z − mean)·r and y = γ·ẑ + β, with r = 1/√(variance + ε).</summary>
    public static void Forward<T>(
        ReadOnlySpan<T> z_BO, ReadOnlySpan<T> mean_O, ReadOnlySpan<T> r_O, ReadOnlySpan<T> scale_O, ReadOnlySpan<T> shift_O,
        int B, int O, Span<T> normal_BO, Span<T> y_BO)
        where T : struct, IReal<T>
    {
        for (int b = 0; b < B; b++)
        {
            for (int o = 0; o < O; o++)
            {
                T normal = (z_BO[b * O + o] - mean_O[o]) * r_O[o];
                normal_BO[b * O + o] = normal;
                y_BO[b * O + o] = T.FusedMultiplyAdd(scale_O[o], normal, shift_O[o]);
            }
        }
    }

    /// <summary>
    /// dβ = Σ_b dy, dγ = Σ_b dy·ẑ, dz = γ·r·(dy − dβ/B − ẑ·dγ/B): mean and variance depend on every row.
    /// </summary>
    /// <param name="dy_BO">Gradient to y; receives dz.</param>
    /// <param name="normal_BO">ẑ.</param>
    /// <param name="r_O">1/√(variance + ε).</param>
    /// <param name="scale_O">γ.</param>
    /// <param name="B">Rows.</param>
    /// <param name="O">Outputs.</param>
    /// <param name="dScale_O">Receives dγ.</param>
    /// <param name="dShift_O">Receives dβ.</param>
    public static void Backward<T>(
        Span<T> dy_BO, ReadOnlySpan<T> normal_BO, ReadOnlySpan<T> r_O, ReadOnlySpan<T> scale_O, int B, int O,
        Span<T> dScale_O, Span<T> dShift_O)
        where T : struct, IReal<T>
    {
        T count = T.Constant(B);
        for (int o = 0; o < O; o++)
        {
            T dShift = T.Constant(0);
            T dScale = T.Constant(0);
            for (int b = 0; b < B; b++)
            {
                dShift += dy_BO[b * O + o];
                dScale = T.FusedMultiplyAdd(dy_BO[b * O + o], normal_BO[b * O + o], dScale);
            }
            dShift_O[o] = dShift;
            dScale_O[o] = dScale;
            T shiftPart = dShift / count;
            T scalePart = dScale / count;
            T factor = scale_O[o] * r_O[o];
            for (int b = 0; b < B; b++)
            {
                T centred = dy_BO[b * O + o] - shiftPart;
                dy_BO[b * O + o] = factor * T.FusedMultiplyAdd(-normal_BO[b * O + o], scalePart, centred);
            }
        }
    }
}
