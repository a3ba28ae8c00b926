using System.Runtime.InteropServices;
using Trainer.Engines.Gpu.Drivers;

namespace Trainer.Engines.Gpu;

/// <summary>Memory on a device that is given back together, also when the last part of it was not to be had.</summary>
/// <param name="queue">The device.</param>
internal sealed class GpuBuffers(IGpuQueue queue) : IDisposable
{
    private readonly List<GpuBuffer> _buffers = [];

    /// <summary>Memory for so many <typeparamref name="T"/>, all zeros; for one at least, as kernels take no empty memory.</summary>
    public GpuBuffer Allocate<T>(long count)
        where T : unmanaged
    {
        GpuBuffer buffer = queue.Allocate(Math.Max(1, count) * Marshal.SizeOf<T>());
        _buffers.Add(buffer);
        return buffer;
    }

    /// <summary>Memory with these numbers in it.</summary>
    public GpuBuffer Copy<T>(ReadOnlySpan<T> source)
        where T : unmanaged
    {
        GpuBuffer buffer = Allocate<T>(source.Length);
        queue.Write(buffer, 0, MemoryMarshal.AsBytes(source));
        return buffer;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (GpuBuffer buffer in _buffers)
        {
            buffer.Dispose();
        }
        _buffers.Clear();
    }
}
