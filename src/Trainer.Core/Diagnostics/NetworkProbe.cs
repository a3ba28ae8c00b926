using System.Runtime.InteropServices;
using Trainer.Activations;
using Trainer.Data;
using Trainer.Engines.Reference;
using Trainer.Formulas;
using Trainer.Networks;

namespace Trainer.Diagnostics;

/// <summary>
/// One pass forward and back with the first training rows, layer by layer, by the plain loops on the host: the same bits whatever
/// trains, and nothing that trains is touched. As in <see cref="Engines.IEngine.Gradient"/> there is no dropout, no penalty, and a
/// batch normalisation takes the rows' own statistics.
/// </summary>
public sealed class NetworkProbe
{
    /// <summary>Most rows of a probe.</summary>
    public const int MostRows = 256;

    /// <summary>A unit is saturated for a row where |f′(z)| is below this part of its maximum: a sigmoid beyond |z| = 4.36.</summary>
    public const double SaturationLimit = 0.05;

    private readonly Mlp _mlp;
    private readonly NaiveNetwork<Scalar> _network;
    private readonly NaiveActivation<Scalar>[] _activations;
    private readonly byte[] _labels;
    private readonly Scalar[] _losses;
    private readonly int[] _predictions;

    /// <summary>A probe with the first <see cref="MostRows"/> rows of <paramref name="train"/>, or all where there are fewer.</summary>
    public NetworkProbe(Mlp mlp, Split train)
    {
        _mlp = mlp;
        _labels = new byte[Math.Min(train.Count, MostRows)];
        _network = new NaiveNetwork<Scalar>(mlp, _labels.Length);
        _activations = [.. mlp.Activations.Select(NaiveActivation<Scalar>.Of)];
        (_losses, _predictions) = (new Scalar[_labels.Length], new int[_labels.Length]);
        for (int row = 0; row < _labels.Length; row++)
        {
            _network.SetInput(row, train.Pixels(row));
            _labels[row] = train.Label(row);
        }
    }

    /// <summary>Whether saturation is a question for <paramref name="activation"/>: it flattens on both sides.</summary>
    public static bool Saturates(Activation activation) => activation is Sigmoid or Tanh or HardSigmoid;

    /// <summary>What each layer does with the rows.</summary>
    /// <param name="parameters">All parameters, in the layout of the shape.</param>
    public IReadOnlyList<LayerProbe> Measure(ReadOnlySpan<float> parameters)
    {
        for (int k = 0; k < parameters.Length; k++)
        {
            _network.Parameters[k] = Scalar.Constant(parameters[k]);
        }
        _network.Forward(_labels, _losses, _predictions);
        _network.Backward(_labels);
        var layers = new LayerProbe[_mlp.Shape.Layers.Count];
        foreach (DenseLayer layer in _mlp.Shape.Layers)
        {
            layers[layer.Index] = Layer(layer, parameters);
        }
        return layers;
    }

    private LayerProbe Layer(DenseLayer layer, ReadOnlySpan<float> parameters)
    {
        bool isHidden = layer.Index < _activations.Length;
        (double? dead, double? saturated) = isHidden ? Units(layer) : default;
        ReadOnlySpan<Scalar> signal = layer.IsNormalized ? GradientToY(layer) : _network.PreActivationGradients(layer.Index);
        return new LayerProbe(
            layer.Index + 1,
            isHidden ? FormattableString.Invariant($"hidden layer {layer.Index + 1}") : "the output layer",
            Norm(_network.Gradient.AsSpan(layer.WeightOffset, layer.WeightCount)),
            Norm(signal) / Math.Sqrt(signal.Length) * _labels.Length,
            EuclideanNorm.Of(parameters.Slice(layer.WeightOffset, layer.WeightCount)),
            dead,
            saturated,
            DistinctUnits(layer, parameters),
            layer.Outputs);
    }

    /// <summary>∂L/∂y of a normalised layer, which back-propagation overwrites by ∂L/∂z: dy = (dz·W of the next layer)·f′(y).</summary>
    private Scalar[] GradientToY(DenseLayer layer)
    {
        DenseLayer next = _mlp.Shape.Layers[layer.Index + 1];
        var da_BO = new Scalar[_labels.Length * layer.Outputs];
        Equations.InputGradient(
            _network.PreActivationGradients(next.Index), _network.Parameters.AsSpan(next.WeightOffset, next.WeightCount),
            _labels.Length, next.Inputs, next.Outputs, da_BO);
        var dy_BO = new Scalar[da_BO.Length];
        _activations[layer.Index].Backward(da_BO, _network.PreActivations(layer.Index), _network.Activations(layer.Index), dy_BO);
        return dy_BO;
    }

    private (double? Dead, double? Saturated) Units(DenseLayer layer)
    {
        ReadOnlySpan<Scalar> z_BO = _network.PreActivations(layer.Index);
        var one = new Scalar[z_BO.Length];
        var slope_BO = new Scalar[z_BO.Length];
        Array.Fill(one, Scalar.Constant(1));
        _activations[layer.Index].Backward(one, z_BO, _network.Activations(layer.Index), slope_BO);
        Activation activation = _mlp.Activations[layer.Index];
        double flat = SaturationLimit * LipschitzConstant.Of(activation);
        bool[] moves = new bool[layer.Outputs];
        int saturated = 0;
        for (int k = 0; k < slope_BO.Length; k++)
        {
            double slope = Math.Abs(slope_BO[k].ToDouble());
            moves[k % layer.Outputs] |= slope != 0;
            saturated += slope < flat ? 1 : 0;
        }
        double dead = (double)moves.Count(unit => !unit) / moves.Length;
        return (dead, Saturates(activation) ? (double)saturated / slope_BO.Length : null);
    }

    private static int DistinctUnits(DenseLayer layer, ReadOnlySpan<float> parameters)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (int o = 0; o < layer.Outputs; o++)
        {
            ReadOnlySpan<float> weights = parameters.Slice(layer.WeightOffset + (o * layer.Inputs), layer.Inputs);
            seen.Add(FingerprintOf(weights, parameters[layer.BiasOffset + o]));
        }
        return seen.Count;
    }

    private static string FingerprintOf(ReadOnlySpan<float> weights, float bias) => string.Concat(
        MemoryMarshal.Cast<float, char>(weights), MemoryMarshal.Cast<float, char>([bias]));

    private static double Norm(ReadOnlySpan<Scalar> values) => EuclideanNorm.Of(MemoryMarshal.Cast<Scalar, float>(values));
}
