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

    public GpuWeights(IGpuQueue queue, GpuBuffers buffers, MlpShape shape, IReadOnlyList<GpuFormulas> formulas)
    {
        _queue = queue;
        Shape = shape;
        Networks = formulas.Count;
        long length = (long)Networks * shape.ParameterCount;
        Parameters = buffers.Allocate<float>(length);
        // A kernel takes all states, used or not.
        States = [.. Enumerable.Range(0, RuleState<Scalar>.Most).Select(s => buffers.Allocate<float>(s < formulas[0].StateCount ? length : 0))];
        ActivationConstants = buffers.Copy<float>([.. formulas.SelectMany(formula => formula.ActivationConstants)]);
        RuleConstants = buffers.Copy<float>([.. formulas.SelectMany(formula => formula.RuleConstants)]);
        Layers = buffers.Copy<int>(LayerTable(shape));
    }

    /// <summary>Layer sizes.</summary>
    public MlpShape Shape { get; }

    /// <summary>How many networks.</summary>
    public int Networks { get; }

    /// <summary>(networks, the shape's flat vector).</summary>
    public GpuBuffer Parameters { get; }

    /// <summary>State vectors of the optimizer, each as <see cref="Parameters"/>.</summary>
    public IReadOnlyList<GpuBuffer> States { get; }

    /// <summary>(networks, constants of the activation).</summary>
    public GpuBuffer ActivationConstants { get; }

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
