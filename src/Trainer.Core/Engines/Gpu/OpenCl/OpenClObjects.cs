using Trainer.Engines.Gpu.Drivers;

namespace Trainer.Engines.Gpu.OpenCl;

/// <summary>Memory on an OpenCL device; OpenCL keeps it until the work that uses it is done.</summary>
internal sealed class OpenClBuffer(long length, OpenClMemory memory) : GpuBuffer(length)
{
    /// <summary>OpenCL's handle.</summary>
    public OpenClMemory Memory { get; } = memory;

    /// <inheritdoc/>
    public override void Dispose() => Memory.Dispose();
}

/// <summary>A kernel with its arguments set, and its size.</summary>
internal sealed class OpenClLaunch(OpenClKernel kernel, string name, LaunchSize size) : GpuLaunch
{
    /// <summary>OpenCL's handle.</summary>
    public OpenClKernel Kernel { get; } = kernel;

    /// <summary>The kernel's name.</summary>
    public string Name { get; } = name;

    /// <summary>How many threads.</summary>
    public LaunchSize Size { get; } = size;

    /// <inheritdoc/>
    public override void Dispose() => Kernel.Dispose();
}

/// <summary>Launches in a row.</summary>
internal sealed class OpenClSequence(GpuLaunch[] launches) : GpuSequence
{
    /// <summary>The launches.</summary>
    public IReadOnlyList<GpuLaunch> Launches { get; } = launches;

    /// <inheritdoc/>
    public override void Dispose()
    {
        // The launches are their maker's.
    }
}

/// <summary>A mark in an OpenCL queue.</summary>
internal sealed class OpenClMark(OpenClEvent mark) : GpuMark
{
    /// <summary>OpenCL's handle.</summary>
    public OpenClEvent Event { get; } = mark;

    /// <inheritdoc/>
    public override void Dispose() => Event.Dispose();
}
