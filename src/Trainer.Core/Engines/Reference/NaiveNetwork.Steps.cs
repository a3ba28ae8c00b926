using Trainer.Formulas;
using Trainer.Losses;

namespace Trainer.Engines.Reference;

/// <content>The steps of the backward pass, each of which a network with a fault built in may replace.</content>
public partial class NaiveNetwork<T>
    where T : struct, IScalarReal<T>
{
    /// <summary>The gradient of the mean loss over B rows to one row's outputs.</summary>
    protected virtual void LossBackward(ReadOnlySpan<T> z_O, ReadOnlySpan<T> p_O, int label, int B, Span<T> dz_O)
    {
        switch (_mlp.Loss)
        {
            case MeanSquaredError:
                LossEquations.MeanSquaredErrorBackward(z_O, label, B, dz_O);
                break;
            case CrossEntropy { LabelSmoothing: > 0 and var smoothing }:
                LossEquations.SmoothedCrossEntropyBackward(p_O, label, smoothing, B, dz_O);
                break;
            default:
                Equations.SoftmaxCrossEntropyBackward(p_O, label, B, dz_O);
                break;
        }
    }

    /// <summary>See <see cref="Equations.WeightGradient"/>.</summary>
    protected virtual void WeightGradient(ReadOnlySpan<T> dz_BO, ReadOnlySpan<T> x_BI, int B, int I, int O, Span<T> dw_OI) =>
        Equations.WeightGradient(dz_BO, x_BI, B, I, O, dw_OI);

    /// <summary>See <see cref="Equations.BiasGradient"/>.</summary>
    protected virtual void BiasGradient(ReadOnlySpan<T> dz_BO, int B, int O, Span<T> db_O) =>
        Equations.BiasGradient(dz_BO, B, O, db_O);

    /// <summary>See <see cref="Equations.InputGradient"/>.</summary>
    protected virtual void InputGradient(ReadOnlySpan<T> dz_BO, ReadOnlySpan<T> w_OI, int B, int I, int O, Span<T> dx_BI) =>
        Equations.InputGradient(dz_BO, w_OI, B, I, O, dx_BI);

    /// <summary>See <see cref="Equations.ActivationBackward"/>.</summary>
    protected virtual void ActivationBackward(
        NaiveActivation<T> activation, ReadOnlySpan<T> da, ReadOnlySpan<T> z, ReadOnlySpan<T> a, Span<T> dz) =>
        activation.Backward(da, z, a, dz);

    /// <summary>The gradient to what a mask was put on: da·m.</summary>
    protected virtual void DropoutBackward(ReadOnlySpan<T> da, ReadOnlySpan<T> mask, Span<T> masked) =>
        Equations.Multiply(da, mask, masked);

    /// <summary>See <see cref="NormalizationEquations.Backward"/>.</summary>
    protected virtual void NormalizationBackward(
        Span<T> dy_BO, ReadOnlySpan<T> normal_BO, ReadOnlySpan<T> r_O, ReadOnlySpan<T> scale_O, int B, int O,
        Span<T> dScale_O, Span<T> dShift_O) =>
        NormalizationEquations.Backward(dy_BO, normal_BO, r_O, scale_O, B, O, dScale_O, dShift_O);
}
