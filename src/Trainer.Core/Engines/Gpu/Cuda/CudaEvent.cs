namespace Trainer.Engines.Gpu.Cuda;

/// <summary>A place in a stream.</summary>
internal sealed class CudaEvent : CudaHandle
{
    private readonly CudaStream _stream;

    private CudaEvent(nint handle, CudaStream stream)
        : base(handle, stream) => _stream = stream;

    /// <summary>Makes one for <paramref name="stream"/>, whose context is entered.</summary>
    public static CudaEvent Create(CudaStream stream)
    {
        CudaResult result = CudaApi.cuEventCreate(out nint handle, CudaApi.BlockingEvent | CudaApi.EventWithoutTime);
        stream.Context.Check(result, nameof(CudaApi.cuEventCreate));
        return new CudaEvent(handle, stream);
    }

    /// <summary>Puts it behind the work so far.</summary>
    public void Record() => Context.Check(CudaApi.cuEventRecord(this, _stream), nameof(CudaApi.cuEventRecord));

    /// <summary>Waits for the work before it; not at all where it was never recorded.</summary>
    public void Synchronize() => Context.Check(CudaApi.cuEventSynchronize(this), nameof(CudaApi.cuEventSynchronize));

    /// <inheritdoc/>
    protected override void Release() => CudaApi.cuEventDestroy_v2(handle);
}
