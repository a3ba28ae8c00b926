using System.Runtime.CompilerServices;
using Trainer.Engines.Reference;
using Trainer.Formulas;
using Trainer.Losses;

namespace Trainer.Engines.Cpu;

/// <summary>The loss of one row and its gradient to the outputs, for each kind of loss.</summary>
/// <param name="loss">Which loss.</param>
/// <param name="outputs">O.</param>
/// <param name="padded">O, padded.</param>
internal readonly unsafe struct LossRows<TLanes>(Loss loss, int outputs, int padded)
    where TLanes : struct, ILanes<TLanes>
{
    private readonly bool _isSquared = loss is MeanSquaredError;
    private readonly double _smoothing = (loss as CrossEntropy)?.LabelSmoothing ?? 0;

    /// <summary>Loss and prediction.</summary>
    /// <param name="z">The outputs.</param>
    /// <param name="label">The right class.</param>
    /// <param name="training">Whether labels are smoothed.</param>
    /// <param name="p">Receives what the gradient is made of: probabilities, or the outputs themselves.</param>
    /// <param name="prediction">Receives the predicted class.</param>
    public float Forward(float* z, int label, bool training, float* p, out int prediction)
    {
        if (_isSquared)
        {
            new ReadOnlySpan<float>(z, outputs).CopyTo(new Span<float>(p, outputs));
            return LossEquations.MeanSquaredError(Scalars(z), label, out prediction).Value;
        }
        float loss = Elementwise.SoftmaxCrossEntropy<TLanes>(z, outputs, label, p, out prediction, out float logarithm);
        return training && _smoothing > 0 ? Smoothed(z, label, z[prediction], logarithm) : loss;
    }

    /// <summary>The gradient of the mean loss over <paramref name="rows"/> rows, in place of what the forward pass left.</summary>
    public void Backward(int label, int rows, float* p)
    {
        if (!_isSquared && _smoothing == 0)
        {
            Elementwise.SoftmaxCrossEntropyBackward<TLanes>(outputs, label, rows, padded, p);
            return;
        }
        Span<Scalar> row = Scalars(p);
        if (_isSquared)
        {
            LossEquations.MeanSquaredErrorBackward<Scalar>(row, label, rows, row);
        }
        else
        {
            LossEquations.SmoothedCrossEntropyBackward<Scalar>(row, label, _smoothing, rows, row);
        }
        new Span<float>(p + outputs, padded - outputs).Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private float Smoothed(float* z, int label, float max, float logarithm)
    {
        Scalar sum = Scalar.Constant(0);
        for (int o = 0; o < outputs; o++)
        {
            Scalar distance = new Scalar(logarithm) - (new Scalar(z[o]) - new Scalar(max));
            sum = Scalar.FusedMultiplyAdd(LossEquations.Target<Scalar>(o == label, _smoothing, outputs), distance, sum);
        }
        return sum.Value;
    }

    private Span<Scalar> Scalars(float* row) => new(row, outputs);
}
