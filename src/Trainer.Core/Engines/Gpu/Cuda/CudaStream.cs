namespace Trainer.Engines.Gpu.Cuda;

/// <summary>A queue of work on a card, carried out in order.</summary>
internal sealed class CudaStream : CudaHandle
{
    private CudaStream(nint handle, CudaModule module)
        : base(handle, module)
    {
    }

    /// <summary>Makes one for the kernels of <paramref name="module"/>, which it keeps loaded; its context is entered.</summary>
    public static CudaStream Create(CudaModule module)
    {
        CudaResult result = CudaApi.cuStreamCreate(out nint handle, CudaApi.NonBlockingStream);
        module.Context.Check(result, nameof(CudaApi.cuStreamCreate));
        return new CudaStream(handle, module);
    }

    /// <summary>What the work uses: stays alive as long as this does.</summary>
    public object? Kept { get; set; }

    /// <summary>Waits for all of its work.</summary>
    public void Synchronize() => Context.Check(CudaApi.cuStreamSynchronize(this), nameof(CudaApi.cuStreamSynchronize));

    /// <summary>Hands its work to the card: Windows' driver gathers launches until somebody asks for them.</summary>
    public void Submit()
    {
        CudaResult result = CudaApi.cuStreamQuery(this);
        if (result != CudaResult.NotReady)
        {
            Context.Check(result, nameof(CudaApi.cuStreamQuery));
        }
    }

    /// <summary>Waits for all of its work, where something that the work uses is about to go: also while this is closing
    /// itself, and silent.</summary>
    public void TrySynchronize() => CudaApi.cuStreamSynchronize(handle);

    /// <inheritdoc/>
    /// <remarks>The driver would carry the work out after this returns, but the module goes next.</remarks>
    protected override void Release()
    {
        TrySynchronize();
        CudaApi.cuStreamDestroy_v2(handle);
    }
}
