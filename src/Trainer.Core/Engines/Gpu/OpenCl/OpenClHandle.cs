using System.Runtime.InteropServices;

namespace Trainer.Engines.Gpu.OpenCl;

/// <summary>A handle of OpenCL, released once and at the latest by the collector.</summary>
internal abstract class OpenClHandle() : SafeHandle(0, ownsHandle: true)
{
    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;
}

/// <summary>A context: devices and what they share.</summary>
internal sealed class OpenClContext : OpenClHandle
{
    /// <inheritdoc/>
    protected override bool ReleaseHandle() => OpenClNative.clReleaseContext(handle) == 0;
}

/// <summary>A queue of commands for one device.</summary>
internal sealed class OpenClCommandQueue : OpenClHandle
{
    /// <inheritdoc/>
    protected override bool ReleaseHandle() => OpenClNative.clReleaseCommandQueue(handle) == 0;
}

/// <summary>A program, compiled or not.</summary>
internal sealed class OpenClProgram : OpenClHandle
{
    /// <inheritdoc/>
    protected override bool ReleaseHandle() => OpenClNative.clReleaseProgram(handle) == 0;
}

/// <summary>A kernel with its arguments.</summary>
internal sealed class OpenClKernel : OpenClHandle
{
    /// <inheritdoc/>
    protected override bool ReleaseHandle() => OpenClNative.clReleaseKernel(handle) == 0;
}

/// <summary>Memory on a device.</summary>
internal sealed class OpenClMemory : OpenClHandle
{
    /// <inheritdoc/>
    protected override bool ReleaseHandle() => OpenClNative.clReleaseMemObject(handle) == 0;
}

/// <summary>A mark in a queue.</summary>
internal sealed class OpenClEvent : OpenClHandle
{
    /// <inheritdoc/>
    protected override bool ReleaseHandle() => OpenClNative.clReleaseEvent(handle) == 0;
}
