using Trainer.Data;
using Trainer.Engines.Gpu.Drivers;

namespace Trainer.Engines.Gpu;

/// <summary>An image set on the device, as the bytes that it is.</summary>
internal sealed class GpuImages : IDisposable
{
    public GpuImages(IGpuQueue queue, ImageSet images)
    {
        Pixels = queue.Allocate(Math.Max(1, images.Pixels.LongLength));
        Labels = queue.Allocate(Math.Max(1, images.Labels.LongLength));
        queue.Write(Pixels, 0, images.Pixels);
        queue.Write(Labels, 0, images.Labels);
    }

    /// <summary>(images, pixels of an image).</summary>
    public GpuBuffer Pixels { get; }

    /// <summary>(images).</summary>
    public GpuBuffer Labels { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Pixels.Dispose();
        Labels.Dispose();
    }
}
