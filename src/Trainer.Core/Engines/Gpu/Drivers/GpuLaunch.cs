namespace Trainer.Engines.Gpu.Drivers;

/// <summary>A kernel with its arguments and its size, ready to be launched.</summary>
internal abstract class GpuLaunch : IDisposable
{
    /// <inheritdoc/>
    public abstract void Dispose();
}
