using System.Runtime.InteropServices;
using Trainer.Engines.Gpu.Drivers;
using Trainer.Networks;

namespace Trainer.Engines.Gpu;

/// <summary>Parameters, state and constants of several networks of one shape, on the device.</summary>
internal sealed class GpuWeights : IDisposable
{
    private const int FewestStates = 2;

    private readonly IGpuQueue _queue;

    public GpuWeights(IGpuQueue queue, MlpShape shape, IReadOnlyList<GpuFormulas> formulas)
    {
        _queue = queue;
        Shape = shape;
        Networks = formulas.Count;
        long length = (long)Networks * shape.ParameterCount * sizeof(float);
        Parameters = queue.Allocate(length);
        // A kernel takes two states, used or not.
        States = [.. Enumerable.Range(0, FewestStates).Select(s => queue.Allocate(s < formulas[0].StateCount ? length : sizeof(float)))];
        ActivationConstants = Constants([.. formulas.SelectMany(formula => formula.ActivationConstants)]);
        RuleConstants = Constants([.. formulas.SelectMany(formula => formula.RuleConstants)]);
        Layers = queue.Allocate(LayerTable(shape).Length * sizeof(int));
        queue.Write(Layers, 0, MemoryMarshal.AsBytes<int>(LayerTable(shape)));
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

    /// <inheritdoc/>
    public void Dispose()
    {
        Parameters.Dispose();
        foreach (GpuBuffer state in States)
        {
            state.Dispose();
        }
        ActivationConstants.Dispose();
        RuleConstants.Dispose();
        Layers.Dispose();
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

    private GpuBuffer Constants(float[] values)
    {
        GpuBuffer buffer = _queue.Allocate(Math.Max(1, values.Length) * sizeof(float));
        _queue.Write(buffer, 0, MemoryMarshal.AsBytes<float>(values));
        return buffer;
    }

    private long At(int network) => (long)network * Shape.ParameterCount * sizeof(float);
}
