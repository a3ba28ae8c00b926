using Trainer.Engines.Gpu.Drivers;
using Trainer.Engines.Gpu.Tracing;
using Trainer.Optimizers;

namespace Trainer.Engines.Gpu;

/// <summary>The gradient of the mean loss over some rows, without a step.</summary>
internal sealed class GpuGradient : IDisposable
{
    private readonly IGpuQueue _queue;
    private readonly GpuWeights _weights;
    private readonly GpuBuffers _buffers;
    private readonly GpuBuffer _gradient;
    private readonly GpuBuffer _scalars;
    private readonly GpuRows _rows;
    private readonly GpuLaunches _launches;

    public GpuGradient(IGpuQueue queue, GpuWeights weights, GpuFormulas formulas, GpuImages images, int count, GpuArrangement arrangement)
    {
        (_queue, _weights) = (queue, weights);
        _buffers = new GpuBuffers(queue);
        try
        {
            _gradient = _buffers.Allocate<byte>(weights.Parameters.Length);
            _scalars = _buffers.Allocate<float>((long)StepScalars.Count * weights.Networks * count);
            var room = new GpuRoom(_buffers, weights.Shape, weights.Networks, count, steps: 1, GpuPassKind.Gradient, formulas.Features);
            _rows = new GpuRows(queue, _buffers, weights.Networks, count);
            _launches = new GpuLaunches(
                queue, weights, formulas, room, _rows, _rows.Control, images, count, GpuPassKind.Gradient, arrangement);
        }
        catch
        {
            _buffers.Dispose();
            throw;
        }
    }

    /// <summary>The gradient of one network (those of the others are of image 0 and are not asked for).</summary>
    public void Compute(int network, ReadOnlySpan<int> images, Span<float> destination, RowResults results)
    {
        _rows.SetImages(network, 0, images);
        _rows.Begin(0, 1, 0, images.Length);
        GpuLaunch[] pass =
        [
            _launches.Gather(0, 1), .. _launches.Pass(0, _gradient), _launches.Update(0, FormulaCatalog.Gradient, _gradient, _scalars),
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
        _buffers.Dispose();
    }
}
