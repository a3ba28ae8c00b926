using Trainer.Engines.Gpu.Drivers;

namespace Trainer.Engines.Gpu.Cuda;

/// <summary>A recorded event.</summary>
/// <param name="place">It.</param>
internal sealed class CudaMark(CudaEvent place) : GpuMark
{
    /// <summary>The event.</summary>
    public CudaEvent Place { get; } = place;

    /// <inheritdoc/>
    public override void Dispose() => Place.Dispose();
}
