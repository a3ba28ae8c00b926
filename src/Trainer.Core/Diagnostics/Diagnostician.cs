using Trainer.Engines;
using Trainer.Formulas;
using Trainer.Networks;

namespace Trainer.Diagnostics;

/// <summary>Looks into a network while it is trained, between two epochs, without touching what trains.</summary>
public sealed class Diagnostician
{
    private readonly Mlp _mlp;
    private readonly NetworkProbe _probe;
    private readonly NoiseProbe _noise;

    /// <summary>For the run of <paramref name="setup"/>, trained by <paramref name="engine"/>.</summary>
    /// <param name="setup">What the engine was made for.</param>
    /// <param name="engine">What computes; the run has to train by <see cref="Engine"/> in its place.</param>
    /// <param name="seed">The key of the noise.</param>
    public Diagnostician(TrainingSetup setup, IEngine engine, ulong seed)
    {
        _mlp = setup.Network;
        _probe = new NetworkProbe(_mlp, setup.Data.Train);
        _noise = new NoiseProbe(_mlp, setup.Data.Test, seed);
        Engine = new LastStepEngine(engine, _mlp.Shape.ParameterCount);
    }

    /// <summary>The same engine, watched.</summary>
    public LastStepEngine Engine { get; }

    /// <summary>What is to be recorded of an epoch.</summary>
    /// <param name="epoch">Which.</param>
    /// <param name="network">The network after it: all parameters, then the running statistics of its batch normalisations
    /// (<see cref="MlpShape.StoredCount"/> numbers), as observers of a run get it.</param>
    /// <exception cref="ArgumentException">These are not the numbers of this network.</exception>
    public EpochDiagnosis Measure(int epoch, ReadOnlySpan<float> network)
    {
        if (network.Length != _mlp.Shape.StoredCount)
        {
            throw new ArgumentException($"{network.Length} numbers for a network of {_mlp.Shape.StoredCount}", nameof(network));
        }
        ReadOnlySpan<float> parameters = network[.._mlp.Shape.ParameterCount];
        ReadOnlySpan<float> statistics = network[_mlp.Shape.ParameterCount..];
        IReadOnlyList<LayerProbe> probes = _probe.Measure(parameters);
        var layers = new LayerDiagnosis[probes.Count];
        foreach (DenseLayer layer in _mlp.Shape.Layers)
        {
            double norm = SpectralNorm.Of(parameters.Slice(layer.WeightOffset, layer.WeightCount), layer.Inputs, layer.Outputs);
            layers[layer.Index] = new LayerDiagnosis(probes[layer.Index], UpdateRatio(layer), norm);
        }
        double bound = LipschitzBound.Of(_mlp, [.. layers.Select(layer => layer.SpectralNorm)], parameters, statistics);
        return new EpochDiagnosis(epoch, layers, bound, _noise.Measure(parameters, statistics));
    }

    private double? UpdateRatio(DenseLayer layer)
    {
        ReadOnlySpan<float> before = Engine.Before.AsSpan(layer.WeightOffset, layer.WeightCount);
        ReadOnlySpan<float> after = Engine.After.AsSpan(layer.WeightOffset, layer.WeightCount);
        double norm = Engine.HasStep ? EuclideanNorm.Of(before) : 0;
        return norm == 0 ? null : EuclideanNorm.OfDifference(after, before) / norm;
    }
}
