using System.Runtime.InteropServices;

namespace Trainer.Engines.Gpu.Cuda;

/// <summary>
/// Something of the driver's that has to be given back. It keeps what it lives on (its owner) open, so that the
/// order in which things are disposed of, or finalised, cannot matter: the last user of a context closes it.
/// </summary>
internal abstract class CudaHandle : SafeHandle
{
    private readonly CudaHandle? _owner;

    /// <summary>Takes over <paramref name="handle"/>.</summary>
    /// <param name="handle">What the driver calls it; not 0.</param>
    /// <param name="owner">What it lives on; null for a context.</param>
    protected CudaHandle(nint handle, CudaHandle? owner)
        : base(0, ownsHandle: true)
    {
        bool held = false;
        owner?.DangerousAddRef(ref held);
        _owner = owner;
        SetHandle(handle);
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>The context that it belongs to.</summary>
    public virtual CudaContext Context => _owner!.Context;

    /// <inheritdoc/>
    /// <remarks>Says nothing of a failure: the card may be lost, of which the call that noticed it has told.</remarks>
    protected sealed override bool ReleaseHandle()
    {
        Context.TryEnter();
        Release();
        _owner?.DangerousRelease();
        return true;
    }

    /// <summary>Gives it back; the context is this thread's, whichever that is. May not throw.</summary>
    protected abstract void Release();
}
