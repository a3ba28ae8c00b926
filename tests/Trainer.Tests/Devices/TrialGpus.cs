using Trainer.Devices;
using Trainer.Engines;
using Trainer.Engines.Cpu;
using Trainer.Engines.Gpu;
using Trainer.Failures;

namespace Trainer.Tests.Devices;

/// <summary>Machines with and without GPUs, for tests of the program on any machine. What "computes" on them is the
/// processor engine.</summary>
internal static class TrialGpus
{
    /// <summary>A machine without any driver.</summary>
    public static DeviceAccess None { get; } = new(Absent, (_, api, number) => throw Unexpected(api, number));

    /// <summary>A card that the program can use.</summary>
    public static GpuDeviceInfo H100(int index = 0) => new(index, "NVIDIA H100 80GB HBM3", 85_041_086_464, "12.4", null);

    /// <summary>A card that is too old.</summary>
    public static GpuDeviceInfo Gt710(int index = 0) => new(index, "NVIDIA GeForce GT 710", 2_099_052_544, "12.4", "compute capability 3.5; 5.0 is needed");

    /// <summary>A processor behind OpenCL.</summary>
    public static GpuDeviceInfo Pocl(int index = 0) => new(index, "pthread-EPYC", 6_442_450_944, "PoCL 3.1", null);

    /// <summary>A machine with CUDA devices and no OpenCL.</summary>
    public static DeviceAccess Cuda(params GpuDeviceInfo[] devices) => With(devices, null);

    /// <summary>A machine with devices; null for a driver that is not there.</summary>
    /// <param name="cuda">Behind CUDA.</param>
    /// <param name="openCl">Behind OpenCL.</param>
    /// <param name="create">Makes the engine that stands for the GPU's, if not the processor's.</param>
    public static DeviceAccess With(GpuDeviceInfo[]? cuda, GpuDeviceInfo[]? openCl, Func<TrainingSetup, IEngine>? create = null) => new(
        api => (api == GpuApi.Cuda ? cuda : openCl) ?? Absent(api),
        (setup, _, _) => create is null ? CpuEngine.Create(setup, threads: 1) : create(setup));

    private static IReadOnlyList<GpuDeviceInfo> Absent(GpuApi api) =>
        throw new DeviceException(api == GpuApi.Cuda ? "libcuda.so.1 not found" : "libOpenCL.so.1 not found");

    private static InvalidOperationException Unexpected(GpuApi api, int number) => new($"nobody listed {api} {number}");
}
