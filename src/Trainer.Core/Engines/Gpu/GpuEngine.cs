using Trainer.Engines.Gpu.Cuda;
using Trainer.Engines.Gpu.Drivers;
using Trainer.Engines.Gpu.OpenCl;
using Trainer.Failures;

namespace Trainer.Engines.Gpu;

/// <summary>The engine for GPUs: the same kernels below CUDA and OpenCL, and the same bits as every other engine.</summary>
public static class GpuEngine
{
    /// <summary>The devices behind <paramref name="api"/>, usable or not; GPUs before other devices.</summary>
    /// <exception cref="DeviceException">The driver is not there or does not work; the message is the reason, short enough to
    /// stand behind a colon: "libcuda.so.1 not found".</exception>
    public static IReadOnlyList<GpuDeviceInfo> Devices(GpuApi api) => DriverOf(api).Devices();

    /// <summary>An engine for <paramref name="setup"/> on a device.</summary>
    /// <param name="setup">What to train.</param>
    /// <param name="api">Its driver.</param>
    /// <param name="device">Its <see cref="GpuDeviceInfo.Index"/> among <see cref="Devices"/>.</param>
    /// <exception cref="ArgumentException">The setup contradicts itself.</exception>
    /// <exception cref="DeviceException">The device cannot be used, has too little memory, or computes other bits.</exception>
    public static IEngine Create(TrainingSetup setup, GpuApi api, int device) => Create(setup, DriverOf(api), device);

    /// <summary>The same, with any driver.</summary>
    internal static IEngine Create(TrainingSetup setup, IGpuDriver driver, int device) =>
        Create(setup, driver, device, default, GpuSelfTest.Check);

    /// <summary>The same, with any arrangement, on a device that is not tried first.</summary>
    internal static IEngine CreateUntried(TrainingSetup setup, IGpuDriver driver, int device, GpuArrangement arrangement) =>
        Create(setup, driver, device, arrangement, (_, _) => { });

    private static IEngine Create(
        TrainingSetup setup, IGpuDriver driver, int device, GpuArrangement arrangement, Action<TrainingSetup, IGpuQueue> check)
    {
        setup.Checked();
        IGpuQueue queue = driver.Open(device, new GpuFormulas(setup).Program);
        try
        {
            check(setup, queue);
            return new GpuNetworkEngine(setup, new GpuNetworks([setup], queue, arrangement), queue);
        }
        catch
        {
            queue.Dispose();
            throw;
        }
    }

    /// <summary>The driver behind <paramref name="api"/>.</summary>
    internal static IGpuDriver DriverOf(GpuApi api) => api switch
    {
        GpuApi.OpenCl => new OpenClDriver(),
        GpuApi.Cuda => new CudaDriver(),
        _ => throw new ArgumentOutOfRangeException(nameof(api), api, null),
    };
}
