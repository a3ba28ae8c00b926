namespace Trainer.Engines.Gpu.Cuda;

/// <summary>Memory on a card, by its address there.</summary>
internal sealed class CudaMemory : CudaHandle
{
    private readonly CudaStream _stream;

    private CudaMemory(nint address, CudaStream stream)
        : base(address, stream) => _stream = stream;

    /// <summary>The address.</summary>
    public nint Address => handle;

    /// <summary>Takes memory for the work of <paramref name="stream"/>, whose context is entered, and fills it with zeros.</summary>
    /// <exception cref="Failures.DeviceException">There is not enough.</exception>
    public static CudaMemory Allocate(CudaStream stream, long bytes)
    {
        // The driver has no empty memory, and an address that nobody reads does no harm.
        nuint length = (nuint)Math.Max(bytes, sizeof(float));
        CudaResult result = CudaApi.cuMemAlloc_v2(out nint address, length);
        if (result != CudaResult.Success)
        {
            throw stream.Context.Failure(result, nameof(CudaApi.cuMemAlloc_v2), ByteText.Of((long)length));
        }
        var memory = new CudaMemory(address, stream);
        result = CudaApi.cuMemsetD8Async(address, 0, length, stream);
        if (result != CudaResult.Success)
        {
            memory.Dispose();
            throw stream.Context.Failure(result, nameof(CudaApi.cuMemsetD8Async), ByteText.Of((long)length));
        }
        return memory;
    }

    /// <inheritdoc/>
    /// <remarks>Waits for the stream: of cuMemFree the manual only says that it may.</remarks>
    protected override void Release()
    {
        _stream.TrySynchronize();
        CudaApi.cuMemFree_v2(handle);
    }
}
