namespace Trainer.Engines.Gpu.Drivers;

/// <summary>Memory on a device.</summary>
/// <param name="length">Its length in bytes.</param>
internal abstract class GpuBuffer(long length) : IDisposable
{
    /// <summary>Its length in bytes.</summary>
    public long Length { get; } = length;

    /// <inheritdoc/>
    public abstract void Dispose();
}
