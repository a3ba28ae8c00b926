using Trainer.Activations;
using Trainer.Formulas;
using Trainer.Networks;

namespace Trainer.Engines.Reference;

/// <summary>
/// A perceptron's forward and backward pass over one batch, <see cref="Equations"/> after equation. Over
/// <see cref="Scalar"/> it is the reference engine; over <see cref="Binary64"/> it proves the gradients.
/// </summary>
/// <typeparam name="T">The number type.</typeparam>
/// <typeparam name="TActivation">The formula behind the hidden layers.</typeparam>
/// <param name="shape">Layer sizes.</param>
/// <param name="activation">f.</param>
/// <param name="batchSize">The largest number of rows that will come at once.</param>
public sealed class NaiveNetwork<T, TActivation>(MlpShape shape, TActivation activation, int batchSize)
    where T : struct, IScalarReal<T>
    where TActivation : struct, IActivationFormula
{
    private readonly T[] _input = new T[batchSize * shape.Inputs];
    private readonly T[][] _z = [.. shape.Layers.Select(layer => new T[batchSize * layer.Outputs])];
    private readonly T[][] _a = [.. shape.Layers.Select(layer => new T[batchSize * layer.Outputs])];
    private readonly T[][] _dz = [.. shape.Layers.Select(layer => new T[batchSize * layer.Outputs])];
    private readonly T[] _da = new T[batchSize * shape.Sizes.Max()];
    private int _rows;

    /// <summary>All weights and biases, in the layout of the shape.</summary>
    public T[] Parameters { get; } = new T[shape.ParameterCount];

    /// <summary>The gradient of the last <see cref="Backward"/>, in the same layout.</summary>
    public T[] Gradient { get; } = new T[shape.ParameterCount];

    /// <summary>Sets input row <paramref name="row"/> of the batch: x = byte/255.</summary>
    public void SetInput(int row, ReadOnlySpan<byte> pixels)
    {
        Span<T> x = _input.AsSpan(row * shape.Inputs, shape.Inputs);
        for (int i = 0; i < x.Length; i++)
        {
            x[i] = T.Constant(pixels[i]) / T.Constant(255);
        }
    }

    /// <summary>
    /// The forward pass over the first <paramref name="labels"/>.Length input rows: the loss and prediction of each.
    /// </summary>
    public void Forward(ReadOnlySpan<byte> labels, Span<T> losses, Span<int> predictions)
    {
        _rows = labels.Length;
        int last = shape.Layers.Count - 1;
        foreach (DenseLayer layer in shape.Layers)
        {
            int count = _rows * layer.Outputs;
            Equations.DenseForward<T>(
                Input(layer), Weights(Parameters, layer), Biases(Parameters, layer), _rows, layer.Inputs, layer.Outputs, _z[layer.Index]);
            if (layer.Index < last)
            {
                Equations.ActivationForward<T, TActivation>(
                    activation, _z[layer.Index].AsSpan(0, count), _a[layer.Index]);
            }
        }
        for (int b = 0; b < _rows; b++)
        {
            int start = b * shape.Outputs;
            losses[b] = Equations.SoftmaxCrossEntropy<T>(
                _z[last].AsSpan(start, shape.Outputs), labels[b], _a[last].AsSpan(start, shape.Outputs), out predictions[b]);
        }
    }

    /// <summary>Back-propagation after a <see cref="Forward"/> with the same labels: fills <see cref="Gradient"/> with the
    /// gradient of the mean loss.</summary>
    public void Backward(ReadOnlySpan<byte> labels)
    {
        int last = shape.Layers.Count - 1;
        for (int b = 0; b < _rows; b++)
        {
            int start = b * shape.Outputs;
            Equations.SoftmaxCrossEntropyBackward<T>(
                _a[last].AsSpan(start, shape.Outputs), labels[b], _rows, _dz[last].AsSpan(start, shape.Outputs));
        }
        for (int l = last; l >= 0; l--)
        {
            DenseLayer layer = shape.Layers[l];
            Equations.WeightGradient<T>(_dz[l], Input(layer), _rows, layer.Inputs, layer.Outputs, Weights(Gradient, layer));
            Equations.BiasGradient<T>(_dz[l], _rows, layer.Outputs, Biases(Gradient, layer));
            if (l > 0)
            {
                int count = _rows * layer.Inputs;
                Equations.InputGradient<T>(_dz[l], Weights(Parameters, layer), _rows, layer.Inputs, layer.Outputs, _da);
                Equations.ActivationBackward<T, TActivation>(
                    activation, _da.AsSpan(0, count), _z[l - 1].AsSpan(0, count), _a[l - 1], _dz[l - 1]);
            }
        }
    }

    private T[] Input(DenseLayer layer) => layer.Index == 0 ? _input : _a[layer.Index - 1];

    private static Span<T> Weights(T[] vector, DenseLayer layer) => vector.AsSpan(layer.WeightOffset, layer.WeightCount);

    private static Span<T> Biases(T[] vector, DenseLayer layer) => vector.AsSpan(layer.BiasOffset, layer.Outputs);
}
