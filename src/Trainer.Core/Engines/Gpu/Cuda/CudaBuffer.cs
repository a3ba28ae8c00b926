using Trainer.Engines.Gpu.Drivers;

namespace Trainer.Engines.Gpu.Cuda;

/// <summary>Memory on a card.</summary>
/// <param name="memory">It.</param>
/// <param name="length">How much of it was asked for, in bytes.</param>
internal sealed class CudaBuffer(CudaMemory memory, long length) : GpuBuffer(length)
{
    /// <summary>Where <paramref name="count"/> bytes from <paramref name="offset"/> on lie on the card.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They are not all within.</exception>
    /// <exception cref="ObjectDisposedException">The memory was given back.</exception>
    public nint Address(long offset = 0, long count = 0)
    {
        ObjectDisposedException.ThrowIf(memory.IsClosed, this);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Length - count);
        return memory.Address + (nint)offset;
    }

    /// <inheritdoc/>
    public override void Dispose() => memory.Dispose();
}
