using Trainer.Engines.Gpu.Drivers;
using Trainer.Networks;

namespace Trainer.Engines.Gpu;

/// <summary>Device memory for what the layers of several networks compute for a batch.</summary>
internal sealed class GpuRoom : IDisposable
{
    /// <summary>Allocates it.</summary>
    /// <param name="queue">The device.</param>
    /// <param name="shape">Layer sizes.</param>
    /// <param name="networks">How many networks, side by side.</param>
    /// <param name="batch">The largest number of rows that pass at a time.</param>
    /// <param name="steps">For how many steps rows are gathered at a time.</param>
    /// <param name="backward">Whether there is a backward pass.</param>
    public GpuRoom(IGpuQueue queue, MlpShape shape, int networks, int batch, int steps, bool backward)
    {
        Steps = steps;
        long units = (long)networks * batch * shape.Units();
        X = queue.Allocate((long)networks * batch * steps * shape.Inputs * sizeof(float));
        Z = queue.Allocate(units * sizeof(float));
        A = queue.Allocate(units * sizeof(float));
        Dz = queue.Allocate((backward ? units : 1) * sizeof(float));
    }

    /// <summary>For how many steps rows are gathered at a time.</summary>
    public int Steps { get; }

    /// <summary>Gathered rows as numbers, (networks, steps · batch, inputs).</summary>
    public GpuBuffer X { get; }

    /// <summary>Pre-activations, (networks, layer, batch, outputs of the layer).</summary>
    public GpuBuffer Z { get; }

    /// <summary>Activations, as <see cref="Z"/>.</summary>
    public GpuBuffer A { get; }

    /// <summary>Gradients to the pre-activations, as <see cref="Z"/>.</summary>
    public GpuBuffer Dz { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        X.Dispose();
        Z.Dispose();
        A.Dispose();
        Dz.Dispose();
    }
}
