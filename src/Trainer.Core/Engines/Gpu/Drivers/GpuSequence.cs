namespace Trainer.Engines.Gpu.Drivers;

/// <summary>Several launches recorded as one.</summary>
internal abstract class GpuSequence : IDisposable
{
    /// <inheritdoc/>
    public abstract void Dispose();
}
