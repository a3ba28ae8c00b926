using Trainer.Engines;
using Trainer.Networks;

namespace Trainer.Diagnostics;

/// <summary>Looks into a network while it is trained, between two epochs, without touching what trains.</summary>
public sealed class Diagnostician
{
    private readonly Mlp _mlp;
    private readonly NetworkProbe _probe;
    private readonly NoiseProbe _noise;
    private readonly float[] _statistics;

    /// <summary>For the run of <paramref name="setup"/>, trained by <paramref name="engine"/>.</summary>
    /// <param name="setup">What the engine was made for.</param>
    /// <param name="engine">What computes; the run has to train by <see cref="Engine"/> in its place.</param>
    /// <param name="seed">The key of the noise.</param>
    public Diagnostician(TrainingSetup setup, IEngine engine, ulong seed)
    {
        _mlp = setup.Network;
        _probe = new NetworkProbe(_mlp, setup.Data.Train);
        _noise = new NoiseProbe(_mlp, setup.Data.Test, seed);
        _statistics = new float[_mlp.Shape.StatisticsCount];
        Engine = new LastStepEngine(engine, _mlp.Shape.ParameterCount);
    }

    /// <summary>The same engine, watched.</summary>
    public LastStepEngine Engine { get; }

    /// <summary>What is to be recorded of an epoch.</summary>
    /// <param name="epoch">Which.</param>
    /// <param name="parameters">All parameters after it.</param>
    public EpochDiagnosis Measure(int epoch, ReadOnlySpan<float> parameters)
    {
        Engine.ReadStatistics(_statistics);
        IReadOnlyList<LayerProbe> probes = _probe.Measure(parameters);
        var layers = new LayerDiagnosis[probes.Count];
        foreach (DenseLayer layer in _mlp.Shape.Layers)
        {
            double norm = SpectralNorm.Of(parameters.Slice(layer.WeightOffset, layer.WeightCount), layer.Inputs, layer.Outputs);
            layers[layer.Index] = new LayerDiagnosis(probes[layer.Index], UpdateRatio(layer), norm);
        }
        Engine.Forget();
        double bound = LipschitzBound.Of(_mlp, [.. layers.Select(layer => layer.SpectralNorm)], parameters, _statistics);
        return new EpochDiagnosis(epoch, layers, bound, _noise.Measure(parameters, _statistics));
    }

    private double? UpdateRatio(DenseLayer layer)
    {
        ReadOnlySpan<float> before = Engine.Before.AsSpan(layer.WeightOffset, layer.WeightCount);
        ReadOnlySpan<float> after = Engine.After.AsSpan(layer.WeightOffset, layer.WeightCount);
        double norm = Engine.HasStep ? EuclideanNorm.Of(before) : 0;
        return norm == 0 ? null : EuclideanNorm.OfDifference(after, before) / norm;
    }
}
