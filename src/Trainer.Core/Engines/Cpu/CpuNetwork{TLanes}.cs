using Trainer.Formulas;
using Trainer.Networks;
using Trainer.Regularizers;

namespace Trainer.Engines.Cpu;

/// <summary>A network in this engine's memory: parameters, and everything that a pass over rows needs to know.</summary>
internal sealed unsafe class CpuNetwork<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    private readonly ColumnStatistics[] _statistics;
    private readonly TransposedWeights[] _transposed;

    /// <summary>The network of <paramref name="setup"/>, with parameters that are all 0.</summary>
    /// <param name="setup">What is trained.</param>
    /// <param name="threads">Threads that may work on it.</param>
    public CpuNetwork(TrainingSetup setup, int threads)
    {
        Mlp mlp = setup.Network;
        WeightsFinite = new bool[threads];
        Mlp = mlp;
        Layout = new PackedLayout(mlp.Shape);
        Parameters = new AlignedBuffer(Layout.Length);
        _transposed = [.. Layout.Layers.Select(layer => new TransposedWeights(layer))];
        _statistics = mlp.BatchNorm is null ? [] : [.. Layout.Layers[..^1].Select(layer => new ColumnStatistics(layer.PaddedOutputs))];
        foreach (ColumnStatistics statistics in _statistics)
        {
            statistics.RunningVariance.Span.Fill(1);
        }
        Activations = [.. mlp.Activations.Select(ActivationLoops<TLanes>.Of)];
        Dropout = mlp.Dropout > 0 ? new DropoutMask(mlp.Shape, mlp.Dropout, setup.Seed) : null;
    }

    /// <summary>What it computes.</summary>
    public Mlp Mlp { get; }

    /// <summary>Where its parameters lie.</summary>
    public PackedLayout Layout { get; }

    /// <summary>w_IO, bias, γ and β of every layer.</summary>
    public AlignedBuffer Parameters { get; }

    /// <summary>f of each hidden layer.</summary>
    public ActivationLoops<TLanes>[] Activations { get; }

    /// <summary>Which units are left out in training; null for none.</summary>
    public DropoutMask? Dropout { get; }

    /// <summary>For each thread, whether the first layer's weights that it updated last are numbers, neither infinite nor NaN.</summary>
    public bool[] WeightsFinite { get; }

    /// <summary>Whether products with pixels that are 0 count: a weight of the first layer is infinite or NaN.</summary>
    public bool NeedsAllPixels => WeightsFinite.Contains(false);

    /// <summary>The layers, from the input on.</summary>
    public PackedLayer[] Layers => Layout.Layers;

    /// <summary>The layer that takes pixels.</summary>
    public PackedLayer First => Layers[0];

    /// <summary>The index of the layer that makes the outputs.</summary>
    public int Last => Layers.Length - 1;

    /// <summary>What is behind the outputs.</summary>
    public LossRows<TLanes> Loss => new(Mlp.Loss, Layers[Last].Outputs, Layers[Last].PaddedOutputs);

    /// <summary>Statistics of a normalised layer.</summary>
    public ColumnStatistics Statistics(int layer) => _statistics[layer];

    /// <summary>w_OI of a layer behind the first.</summary>
    public TransposedWeights Transposed(int layer) => _transposed[layer];

    /// <summary>Takes parameters in the shape's order.</summary>
    public void Write(ReadOnlySpan<float> source)
    {
        Layout.Pack(source, Parameters);
        foreach (TransposedWeights transposed in _transposed)
        {
            transposed.CopyAll(Parameters.Pointer);
        }
        Array.Fill(WeightsFinite, Elementwise.AllFinite<TLanes>(Parameters.Pointer + First.Offset, First.End - First.Offset));
    }

    /// <summary>Copies running statistics in the shape's order.</summary>
    public void ReadStatistics(Span<float> destination)
    {
        for (int l = 0; l < _statistics.Length; l++)
        {
            DenseLayer layer = Layers[l].Layer;
            _statistics[l].RunningMean.Span[..layer.Outputs].CopyTo(destination[layer.StatisticsOffset..]);
            _statistics[l].RunningVariance.Span[..layer.Outputs].CopyTo(destination[(layer.StatisticsOffset + layer.Outputs)..]);
        }
    }

    /// <summary>Takes running statistics in the shape's order.</summary>
    public void WriteStatistics(ReadOnlySpan<float> source)
    {
        for (int l = 0; l < _statistics.Length; l++)
        {
            DenseLayer layer = Layers[l].Layer;
            source.Slice(layer.StatisticsOffset, layer.Outputs).CopyTo(_statistics[l].RunningMean.Span);
            source.Slice(layer.StatisticsOffset + layer.Outputs, layer.Outputs).CopyTo(_statistics[l].RunningVariance.Span);
        }
    }

    /// <summary>Makes what <see cref="NormalizeByRunning"/> takes of the running statistics.</summary>
    public void BeginEvaluation()
    {
        foreach (ColumnStatistics statistics in _statistics)
        {
            NormalizationLoops.Invert<TLanes>(
                statistics.RunningVariance.Pointer, 1, statistics.RunningVariance.Length, Mlp.BatchNorm!.Eps,
                statistics.RunningInverseDeviation.Pointer);
        }
    }

    /// <summary>y of a panel of rows from its z, in place, by the running statistics.</summary>
    public void NormalizeByRunning(int layer, int panel, float* z, int rows)
    {
        ColumnStatistics statistics = _statistics[layer];
        int column = panel * Panels.Width;
        int width = Layers[layer].WidthOf(panel);
        NormalizationLoops.Forward<TLanes>(
            z, width, rows, width, statistics.RunningMean.Pointer + column, statistics.RunningInverseDeviation.Pointer + column,
            Parameters.Pointer + Layers[layer].ScaleOffset + column, Parameters.Pointer + Layers[layer].ShiftOffset + column, z, z);
    }
}
