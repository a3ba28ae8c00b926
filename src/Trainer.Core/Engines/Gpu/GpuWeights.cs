using System.Runtime.InteropServices;
using Trainer.Engines.Gpu.Drivers;
using Trainer.Formulas;
using Trainer.Networks;
using Trainer.Optimizers;

namespace Trainer.Engines.Gpu;

/// <summary>Parameters, state and constants of several networks of one shape, on the device.</summary>
internal sealed class GpuWeights
{
    private readonly IGpuQueue _queue;

    public GpuWeights(IGpuQueue queue, GpuBuffers buffers, IReadOnlyList<TrainingSetup> setups, IReadOnlyList<GpuFormulas> formulas)
    {
        _queue = queue;
        Shape = setups[0].Shape;
        Networks = setups.Count;
        long length = (long)Networks * Shape.ParameterCount;
        Parameters = buffers.Allocate<float>(length);
        // A kernel takes all states, used or not.
        States = [.. Enumerable.Range(0, RuleState<Scalar>.Most).Select(s => buffers.Allocate<float>(s < formulas[0].StateCount ? length : 0))];
        Averages = buffers.Allocate<float>(formulas[0].Features.Averages ? length : 0);
        Statistics = buffers.Copy<float>([.. setups.SelectMany(setup => FirstStatistics(setup.Shape))]);
        Constants = new GpuConstants(queue, buffers, setups);
        ActivationConstants =
        [
            .. formulas[0].Activations.Select((_, layer) =>
                buffers.Copy<float>([.. formulas.SelectMany(formula => formula.ActivationConstants(layer))])),
        ];
        RuleConstants = buffers.Copy<float>([.. formulas.SelectMany(formula => formula.RuleConstants)]);
        Layers = buffers.Copy<int>(LayerTable(Shape));
    }

    /// <summary>Layer sizes.</summary>
    public MlpShape Shape { get; }

    /// <summary>How many networks.</summary>
    public int Networks { get; }

    /// <summary>(networks, the shape's flat vector).</summary>
    public GpuBuffer Parameters { get; }

    /// <summary>State vectors of the optimizer, each as <see cref="Parameters"/>.</summary>
    public IReadOnlyList<GpuBuffer> States { get; }

    /// <summary>Averages of the parameters, as <see cref="Parameters"/>, if they are kept.</summary>
    public GpuBuffer Averages { get; }

    /// <summary>Running statistics, (networks, the shape's).</summary>
    public GpuBuffer Statistics { get; }

    /// <summary>The numbers of the networks' features.</summary>
    public GpuConstants Constants { get; }

    /// <summary>Of each hidden layer, (networks, constants of the activation).</summary>
    public IReadOnlyList<GpuBuffer> ActivationConstants { get; }

    /// <summary>(networks, constants of the update rule).</summary>
    public GpuBuffer RuleConstants { get; }

    /// <summary>What the update kernel has to know of each layer; see <c>kernels.c</c>.</summary>
    public GpuBuffer Layers { get; }

    /// <summary>Groups of the update kernel for one network.</summary>
    public static int UpdateGroups(MlpShape shape) => shape.Layers.Sum(UpdateGroups);

    /// <summary>Copies network <paramref name="network"/>'s part of a vector from the device.</summary>
    public void Read(GpuBuffer vector, int network, Span<float> destination) =>
        _queue.Read(vector, At(network), MemoryMarshal.AsBytes(destination));

    /// <summary>Copies network <paramref name="network"/>'s part of a vector to the device.</summary>
    public void Write(GpuBuffer vector, int network, ReadOnlySpan<float> source) =>
        _queue.Write(vector, At(network), MemoryMarshal.AsBytes(source));

    /// <summary>Copies network <paramref name="network"/>'s running statistics from the device.</summary>
    public void ReadStatistics(int network, Span<float> destination) =>
        _queue.Read(Statistics, (long)network * Shape.StatisticsCount * sizeof(float), MemoryMarshal.AsBytes(destination));

    /// <summary>Copies network <paramref name="network"/>'s running statistics to the device.</summary>
    public void WriteStatistics(int network, ReadOnlySpan<float> source) =>
        _queue.Write(Statistics, (long)network * Shape.StatisticsCount * sizeof(float), MemoryMarshal.AsBytes(source));

    /// <summary>Means of 0 and variances of 1.</summary>
    private static float[] FirstStatistics(MlpShape shape)
    {
        float[] statistics = new float[shape.StatisticsCount];
        foreach (DenseLayer layer in shape.Layers.Where(layer => layer.IsNormalized))
        {
            statistics.AsSpan(layer.StatisticsOffset + layer.Outputs, layer.Outputs).Fill(1);
        }
        return statistics;
    }

    private static int UpdateGroups(DenseLayer layer)
    {
        // One column more than inputs: the bias.
        (int down, int across) = GpuTiling.Update.Cover(layer.Outputs, layer.Inputs + 1);
        return down * across;
    }

    private static int[] LayerTable(MlpShape shape)
    {
        var table = new List<int>();
        int groups = 0;
        foreach (DenseLayer layer in shape.Layers)
        {
            table.AddRange([layer.Inputs, layer.Outputs, layer.WeightOffset, shape.UnitsBefore(layer.Index), groups]);
            groups += UpdateGroups(layer);
        }
        return [.. table];
    }

    private long At(int network) => (long)network * Shape.ParameterCount * sizeof(float);
}
