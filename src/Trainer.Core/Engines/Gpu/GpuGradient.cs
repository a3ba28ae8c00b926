using Trainer.Engines.Gpu.Drivers;
using Trainer.Engines.Gpu.Tracing;

namespace Trainer.Engines.Gpu;

/// <summary>The gradient of the mean loss over some rows, without a step.</summary>
internal sealed class GpuGradient : IDisposable
{
    private readonly IGpuQueue _queue;
    private readonly GpuWeights _weights;
    private readonly GpuBuffer _gradient;
    private readonly GpuBuffer _scalars;
    private readonly GpuRoom _room;
    private readonly GpuRows _rows;
    private readonly GpuLaunches _launches;

    public GpuGradient(IGpuQueue queue, GpuWeights weights, GpuFormulas formulas, GpuImages images, int count, GpuTiling? tiling)
    {
        (_queue, _weights) = (queue, weights);
        _gradient = queue.Allocate(weights.Parameters.Length);
        _room = new GpuRoom(queue, weights.Shape, weights.Networks, count, steps: 1, backward: true);
        _rows = new GpuRows(queue, weights.Networks, count);
        _scalars = queue.Allocate(2L * sizeof(float) * weights.Networks * count);
        _launches = new GpuLaunches(queue, weights, formulas, _room, _rows, images, count, tiling);
    }

    /// <summary>The gradient of one network (those of the others are of image 0 and are not asked for).</summary>
    public void Compute(int network, ReadOnlySpan<int> images, Span<float> destination, RowResults results)
    {
        _rows.SetImages(network, 0, images);
        _rows.Begin(0, 1, 0, images.Length);
        GpuLaunch[] pass =
        [
            _launches.Gather(0, 1), .. _launches.Forward(0, backward: true), .. _launches.Backward(0),
            _launches.Update(0, FormulaCatalog.Gradient, _gradient, _scalars),
        ];
        foreach (GpuLaunch launch in pass)
        {
            _queue.Enqueue(launch);
        }
        _weights.Read(_gradient, network, destination);
        _rows.Read(network, 0, images.Length, results);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _launches.Dispose();
        _rows.Dispose();
        _room.Dispose();
        _scalars.Dispose();
        _gradient.Dispose();
    }
}
