namespace Trainer.Engines.Gpu.Drivers;

/// <summary>A place in a queue that can be waited for.</summary>
internal abstract class GpuMark : IDisposable
{
    /// <inheritdoc/>
    public abstract void Dispose();
}
