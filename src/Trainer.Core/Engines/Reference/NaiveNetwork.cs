using Trainer.Formulas;
using Trainer.Losses;
using Trainer.Networks;
using Trainer.Randomness;
using Trainer.Regularizers;

namespace Trainer.Engines.Reference;

/// <summary>
/// A perceptron's forward and backward pass over one batch, <see cref="Equations"/> after equation. Over
/// <see cref="Scalar"/> it is the reference engine; over <see cref="Binary64"/> it proves the gradients.
/// </summary>
/// <typeparam name="T">The number type.</typeparam>
public partial class NaiveNetwork<T>
    where T : struct, IScalarReal<T>
{
    private readonly Mlp _mlp;
    private readonly MlpShape _shape;
    private readonly NaiveActivation<T>[] _activations;
    private readonly T[] _input;
    private readonly T[][] _z;
    private readonly T[][] _normal;
    private readonly T[][] _y;
    private readonly T[][] _a;
    private readonly T[][] _outputs;
    private readonly T[][] _masks;
    private readonly T[][] _dz;
    private readonly T[][] _mean;
    private readonly T[][] _squares;
    private readonly T[][] _inverseDeviation;
    private readonly T[] _da;
    private int _rows;
    private bool _dropped;

    /// <summary>The network <paramref name="mlp"/> with parameters that are all 0.</summary>
    /// <param name="mlp">What it computes.</param>
    /// <param name="capacity">The largest number of rows that will come at once.</param>
    public NaiveNetwork(Mlp mlp, int capacity)
    {
        (_mlp, _shape) = (mlp.Checked(), mlp.Shape);
        _activations = [.. mlp.Activations.Select(NaiveActivation<T>.Of)];
        _input = new T[capacity * _shape.Inputs];
        _z = PerLayer(capacity);
        _a = PerLayer(capacity);
        _dz = PerLayer(capacity);
        _da = new T[capacity * _shape.Sizes.Max()];
        // Where nothing stands between two of them they are the same.
        _y = mlp.BatchNorm is null ? _z : PerLayer(capacity);
        _normal = mlp.BatchNorm is null ? _z : PerLayer(capacity);
        _outputs = mlp.Dropout == 0 ? _a : PerLayer(capacity);
        _masks = mlp.Dropout == 0 ? [] : PerLayer(capacity);
        _mean = PerLayer(1);
        _squares = PerLayer(1);
        _inverseDeviation = PerLayer(1);
        Parameters = new T[_shape.ParameterCount];
        Gradient = new T[_shape.ParameterCount];
        Statistics = new T[_shape.StatisticsCount];
        foreach (DenseLayer layer in NormalizedLayers)
        {
            RunningVariance(layer).Fill(T.Constant(1));
        }
    }

    /// <summary>All weights and biases, in the layout of the shape.</summary>
    public T[] Parameters { get; }

    /// <summary>The gradient of the last <see cref="Backward"/>, in the same layout.</summary>
    public T[] Gradient { get; }

    /// <summary>The running means (0 at first) and variances (1) of the batch normalisations, in the layout of the shape.</summary>
    public T[] Statistics { get; }

    /// <summary>Pre-activations of a layer after a forward pass, (B, O): z, or y behind a batch normalisation.</summary>
    public ReadOnlySpan<T> PreActivations(int layer) => _y[layer].AsSpan(0, _rows * _shape.Layers[layer].Outputs);

    /// <summary>Activations of a hidden layer after a forward pass, (B, O).</summary>
    public ReadOnlySpan<T> Activations(int layer) => _a[layer].AsSpan(0, _rows * _shape.Layers[layer].Outputs);

    /// <summary>Gradients to a layer's z after a backward pass, (B, O).</summary>
    public ReadOnlySpan<T> PreActivationGradients(int layer) => _dz[layer].AsSpan(0, _rows * _shape.Layers[layer].Outputs);

    private int Last => _shape.Layers.Count - 1;

    private IEnumerable<DenseLayer> NormalizedLayers => _shape.Layers.Where(layer => layer.IsNormalized);

    /// <summary>Sets input row <paramref name="row"/> of the batch: x = byte/255.</summary>
    public void SetInput(int row, ReadOnlySpan<byte> pixels)
    {
        Span<T> x = Input(row);
        for (int i = 0; i < x.Length; i++)
        {
            x[i] = T.Constant(pixels[i]) / T.Constant(255);
        }
    }

    /// <summary>Sets input row <paramref name="row"/> of the batch.</summary>
    public void SetInput(int row, ReadOnlySpan<float> values)
    {
        Span<T> x = Input(row);
        for (int i = 0; i < x.Length; i++)
        {
            x[i] = T.Constant(values[i]);
        }
    }

    /// <summary>Draws the masks of the first <paramref name="rows"/> rows for a step; the next training pass applies them.</summary>
    public void DrawMasks(DropoutMask dropout, long step, int rows)
    {
        Philox source = dropout.Source(step);
        foreach (DenseLayer layer in _shape.Layers.SkipLast(1))
        {
            float[] mask = new float[layer.Outputs];
            for (int b = 0; b < rows; b++)
            {
                dropout.Fill(source, b, layer.Index, 0, mask);
                for (int o = 0; o < mask.Length; o++)
                {
                    _masks[layer.Index][b * layer.Outputs + o] = T.Constant(mask[o]);
                }
            }
        }
    }

    /// <summary>
    /// The forward pass over the first <paramref name="labels"/>.Length input rows, as the network is used: running statistics, no
    /// dropout, no label smoothing.
    /// </summary>
    /// <param name="labels">The class of each row.</param>
    /// <param name="losses">Receives the loss of each row.</param>
    /// <param name="predictions">Receives the predicted class of each row.</param>
    public void Evaluate(ReadOnlySpan<byte> labels, Span<T> losses, Span<int> predictions)
    {
        foreach (DenseLayer layer in NormalizedLayers)
        {
            RunningMean(layer).CopyTo(_mean[layer.Index]);
            for (int o = 0; o < layer.Outputs; o++)
            {
                _inverseDeviation[layer.Index][o] = NormalizationEquations.InverseDeviation(RunningVariance(layer)[o], Eps);
            }
        }
        _dropped = false;
        PassForward(labels, training: false, losses, predictions);
    }

    /// <summary>The forward pass of training: the batch's own statistics, and dropout if asked for.</summary>
    /// <param name="labels">The class of each row.</param>
    /// <param name="losses">Receives the loss of each row.</param>
    /// <param name="predictions">Receives the predicted class of each row.</param>
    /// <param name="dropout">Whether to apply the masks that were drawn.</param>
    public void Forward(ReadOnlySpan<byte> labels, Span<T> losses, Span<int> predictions, bool dropout = false)
    {
        _dropped = dropout;
        PassForward(labels, training: true, losses, predictions);
    }

    /// <summary>
    /// The last training pass again, after a change to the parameters of one unit: of its layer only z of that unit is computed
    /// again, and all that lies behind it. A finite difference costs what is behind a parameter, not the whole pass.
    /// </summary>
    /// <param name="layer">The unit's layer.</param>
    /// <param name="unit">The only unit whose parameters differ from those of the last pass.</param>
    /// <param name="labels">The class of each row, as before.</param>
    /// <param name="losses">Receives the loss of each row.</param>
    /// <param name="predictions">Receives the predicted class of each row.</param>
    public void ForwardFrom(DenseLayer layer, int unit, ReadOnlySpan<byte> labels, Span<T> losses, Span<int> predictions)
    {
        var column = new T[_rows];
        Equations.DenseForward<T>(
            Input(layer), Weights(Parameters, layer).Slice(unit * layer.Inputs, layer.Inputs), Biases(Parameters, layer).Slice(unit, 1),
            _rows, layer.Inputs, 1, column);
        for (int b = 0; b < _rows; b++)
        {
            _z[layer.Index][b * layer.Outputs + unit] = column[b];
        }
        PassBehind(layer, training: true);
        PassLoss(labels, training: true, losses, predictions);
    }

    /// <summary>Moves the running statistics towards those of the last training pass.</summary>
    public void UpdateStatistics()
    {
        foreach (DenseLayer layer in NormalizedLayers)
        {
            NormalizationEquations.Run<T>(
                _mean[layer.Index], _squares[layer.Index], _rows, T.Constant(_mlp.BatchNorm!.Momentum),
                RunningMean(layer), RunningVariance(layer));
        }
    }

    /// <summary>Back-propagation after a <see cref="Forward"/> with the same labels: fills <see cref="Gradient"/> with the
    /// gradient of the mean loss.</summary>
    public void Backward(ReadOnlySpan<byte> labels)
    {
        for (int b = 0; b < _rows; b++)
        {
            int start = b * _shape.Outputs;
            LossBackward(
                _z[Last].AsSpan(start, _shape.Outputs), _a[Last].AsSpan(start, _shape.Outputs), labels[b], _rows,
                _dz[Last].AsSpan(start, _shape.Outputs));
        }
        foreach (DenseLayer layer in _shape.Layers.Reverse())
        {
            WeightGradient(_dz[layer.Index], Input(layer), _rows, layer.Inputs, layer.Outputs, Weights(Gradient, layer));
            BiasGradient(_dz[layer.Index], _rows, layer.Outputs, Biases(Gradient, layer));
            if (layer.Index > 0)
            {
                InputGradient(_dz[layer.Index], Weights(Parameters, layer), _rows, layer.Inputs, layer.Outputs, _da);
                BackThroughActivation(_shape.Layers[layer.Index - 1]);
            }
        }
    }

    private T Eps => T.Constant(_mlp.BatchNorm!.Eps);

    private void PassForward(ReadOnlySpan<byte> labels, bool training, Span<T> losses, Span<int> predictions)
    {
        _rows = labels.Length;
        PassDense(_shape.Layers[0]);
        PassBehind(_shape.Layers[0], training);
        PassLoss(labels, training, losses, predictions);
    }

    private void PassDense(DenseLayer layer) => Equations.DenseForward<T>(
        Input(layer), Weights(Parameters, layer), Biases(Parameters, layer), _rows, layer.Inputs, layer.Outputs, _z[layer.Index]);

    /// <summary>From z of a layer to the outputs of the last one.</summary>
    private void PassBehind(DenseLayer layer, bool training)
    {
        for (int l = layer.Index; l < Last; l++)
        {
            PassHidden(_shape.Layers[l], training);
            PassDense(_shape.Layers[l + 1]);
        }
    }

    private void PassLoss(ReadOnlySpan<byte> labels, bool training, Span<T> losses, Span<int> predictions)
    {
        for (int b = 0; b < _rows; b++)
        {
            int start = b * _shape.Outputs;
            losses[b] = LossForward(
                _z[Last].AsSpan(start, _shape.Outputs), labels[b], training, _a[Last].AsSpan(start, _shape.Outputs), out predictions[b]);
        }
    }

    /// <summary>From z to what the next layer reads.</summary>
    private void PassHidden(DenseLayer layer, bool training)
    {
        int l = layer.Index;
        int count = _rows * layer.Outputs;
        if (layer.IsNormalized)
        {
            if (training)
            {
                NormalizationEquations.Statistics<T>(_z[l], _rows, layer.Outputs, _mean[l], _squares[l]);
                for (int o = 0; o < layer.Outputs; o++)
                {
                    _inverseDeviation[l][o] = NormalizationEquations.InverseDeviation(_squares[l][o] / T.Constant(_rows), Eps);
                }
            }
            NormalizationEquations.Forward<T>(
                _z[l], _mean[l], _inverseDeviation[l], Parameters.AsSpan(layer.ScaleOffset, layer.Outputs),
                Parameters.AsSpan(layer.ShiftOffset, layer.Outputs), _rows, layer.Outputs, _normal[l], _y[l]);
        }
        _activations[l].Forward(_y[l].AsSpan(0, count), _a[l]);
        if (_dropped)
        {
            Equations.Multiply<T>(_a[l].AsSpan(0, count), _masks[l], _outputs[l]);
        }
    }

    /// <summary>From the gradient to what the next layer reads, <c>_da</c>, to that of z.</summary>
    private void BackThroughActivation(DenseLayer layer)
    {
        int l = layer.Index;
        int count = _rows * layer.Outputs;
        if (_dropped)
        {
            DropoutBackward(_da.AsSpan(0, count), _masks[l], _da);
        }
        ActivationBackward(_activations[l], _da.AsSpan(0, count), _y[l].AsSpan(0, count), _a[l], _dz[l]);
        if (layer.IsNormalized)
        {
            NormalizationBackward(
                _dz[l], _normal[l], _inverseDeviation[l], Parameters.AsSpan(layer.ScaleOffset, layer.Outputs), _rows, layer.Outputs,
                Gradient.AsSpan(layer.ScaleOffset, layer.Outputs), Gradient.AsSpan(layer.ShiftOffset, layer.Outputs));
        }
    }

    private T LossForward(ReadOnlySpan<T> z_O, int label, bool training, Span<T> p_O, out int prediction) => _mlp.Loss switch
    {
        MeanSquaredError => LossEquations.MeanSquaredError(z_O, label, out prediction),
        CrossEntropy { LabelSmoothing: > 0 and var smoothing } when training =>
            LossEquations.SmoothedCrossEntropy(z_O, label, smoothing, p_O, out prediction),
        _ => Equations.SoftmaxCrossEntropy(z_O, label, p_O, out prediction),
    };

    private Span<T> Input(int row) => _input.AsSpan(row * _shape.Inputs, _shape.Inputs);

    private T[] Input(DenseLayer layer) => layer.Index == 0 ? _input : (_dropped ? _outputs : _a)[layer.Index - 1];

    private Span<T> RunningMean(DenseLayer layer) => Statistics.AsSpan(layer.StatisticsOffset, layer.Outputs);

    private Span<T> RunningVariance(DenseLayer layer) => Statistics.AsSpan(layer.StatisticsOffset + layer.Outputs, layer.Outputs);

    private T[][] PerLayer(int rows) => [.. _shape.Layers.Select(layer => new T[rows * layer.Outputs])];

    private static Span<T> Weights(T[] vector, DenseLayer layer) => vector.AsSpan(layer.WeightOffset, layer.WeightCount);

    private static Span<T> Biases(T[] vector, DenseLayer layer) => vector.AsSpan(layer.BiasOffset, layer.Outputs);
}
