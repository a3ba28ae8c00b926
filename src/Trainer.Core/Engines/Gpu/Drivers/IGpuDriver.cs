namespace Trainer.Engines.Gpu.Drivers;

/// <summary>A way to GPUs: the devices behind it, and how to open one.</summary>
internal interface IGpuDriver
{
    /// <summary>The devices that it has, usable or not; GPUs before other devices.</summary>
    /// <exception cref="Failures.DeviceException">The driver is not there or does not work; the message is the reason,
    /// short enough to stand behind a colon: "libcuda.so.1 not found".</exception>
    IReadOnlyList<GpuDeviceInfo> Devices();

    /// <summary>Opens a device for the kernels of <paramref name="program"/>.</summary>
    /// <param name="index">Its place among <see cref="Devices"/>.</param>
    /// <param name="program">The kernels.</param>
    /// <exception cref="Failures.DeviceException">It cannot be used; the message says why.</exception>
    IGpuQueue Open(int index, KernelProgram program);
}
