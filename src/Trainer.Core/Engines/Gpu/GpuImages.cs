using Trainer.Data;
using Trainer.Engines.Gpu.Drivers;

namespace Trainer.Engines.Gpu;

/// <summary>An image set on the device, as the bytes that it is.</summary>
internal sealed class GpuImages(GpuBuffers buffers, ImageSet images)
{
    /// <summary>(images, pixels of an image).</summary>
    public GpuBuffer Pixels { get; } = buffers.Copy<byte>(images.Pixels);

    /// <summary>(images).</summary>
    public GpuBuffer Labels { get; } = buffers.Copy<byte>(images.Labels);
}
