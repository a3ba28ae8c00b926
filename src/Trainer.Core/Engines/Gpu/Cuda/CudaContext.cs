namespace Trainer.Engines.Gpu.Cuda;

/// <summary>
/// The primary context of a device: what all users of it within a process share. Calls work on the context that is their
/// thread's, so <see cref="Enter"/> comes before every one.
/// </summary>
internal sealed class CudaContext : CudaHandle
{
    private static long _count;

    // The number of the context that this thread entered last: the driver may give a later context an earlier one's address,
    // but a thread that was in the earlier one is not in the later.
    [ThreadStatic]
    private static long _entered;

    private readonly long _number = Interlocked.Increment(ref _count);
    private readonly CudaDevice _device;

    private CudaContext(nint handle, CudaDevice device)
        : base(handle, null) => _device = device;

    /// <inheritdoc/>
    public override CudaContext Context => this;

    /// <summary>Opens the context of <paramref name="device"/>.</summary>
    public static CudaContext Open(CudaDevice device)
    {
        CudaResult result = CudaApi.cuDevicePrimaryCtxRetain(out nint handle, device.Handle);
        return result == CudaResult.Success
            ? new CudaContext(handle, device)
            : throw CudaFailure.Of(result, nameof(CudaApi.cuDevicePrimaryCtxRetain), device.Place);
    }

    /// <summary>Makes it the calling thread's, where it is not yet. Nobody else in this process
    /// makes another one current; a library that works on the same device as CUDA's runtime does shares this one.</summary>
    public void Enter()
    {
        if (_entered != _number)
        {
            Check(CudaApi.cuCtxSetCurrent(handle), nameof(CudaApi.cuCtxSetCurrent));
            _entered = _number;
        }
    }

    /// <summary>The same where nobody can be told of a failure.</summary>
    public void TryEnter()
    {
        if (_entered != _number && CudaApi.cuCtxSetCurrent(handle) == CudaResult.Success)
        {
            _entered = _number;
        }
    }

    /// <summary>Throws for every code but success.</summary>
    /// <param name="result">What a call gave back.</param>
    /// <param name="call">The call.</param>
    /// <param name="of">What it was to work on.</param>
    /// <exception cref="Failures.DeviceException">The call failed.</exception>
    public void Check(CudaResult result, string call, string? of = null)
    {
        if (result != CudaResult.Success)
        {
            throw Failure(result, call, of);
        }
    }

    /// <summary>The failure of a call; one for want of memory says how much there is.</summary>
    public Failures.DeviceException Failure(CudaResult result, string call, string? of = null, string? detail = null)
    {
        string? free = result == CudaResult.OutOfMemory && CudaApi.cuMemGetInfo_v2(out nuint bytes, out _) == CudaResult.Success
            ? $"{ByteText.Of((long)bytes)} are free"
            : null;
        return CudaFailure.Of(result, call, _device.Place, of, detail ?? free);
    }

    /// <inheritdoc/>
    protected override void Release() => CudaApi.cuDevicePrimaryCtxRelease_v2(_device.Handle);
}
