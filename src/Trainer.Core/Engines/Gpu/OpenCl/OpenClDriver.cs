using Trainer.Engines.Gpu.Drivers;
using Trainer.Failures;
using static Trainer.Engines.Gpu.OpenCl.OpenClNative;

namespace Trainer.Engines.Gpu.OpenCl;

/// <summary>OpenCL: the devices of all drivers that are registered with the system's loader.</summary>
internal sealed unsafe class OpenClDriver : IGpuDriver
{
    private const ulong AllDevices = 0xFFFFFFFF;
    private const uint MostPlatforms = 64;
    private const uint MostDevices = 64;

    private static readonly string[] Functions = [.. typeof(OpenClNative).GetMethods().Select(method => method.Name).Where(name => name.StartsWith("cl", StringComparison.Ordinal))];

    /// <inheritdoc/>
    public IReadOnlyList<GpuDeviceInfo> Devices() => [.. Find().Select(Describe)];

    /// <inheritdoc/>
    public IGpuQueue Open(int index, KernelProgram program)
    {
        List<OpenClDevice> devices = Find();
        if ((uint)index >= (uint)devices.Count)
        {
            throw new DeviceException($"opencl:{index}: there are {devices.Count} OpenCL devices, counted from 0");
        }
        GpuDeviceInfo info = Describe(devices[index], index);
        return info.Problem is null
            ? new OpenClQueue(devices[index], index, program)
            : throw new DeviceException($"opencl:{index}: {info.Name} {info.Problem}");
    }

    // A device that does not answer is listed with its reason, and does not hide the others; nor does a driver.
    private static GpuDeviceInfo Describe(OpenClDevice device, int index)
    {
        try
        {
            return device.Info(index);
        }
        catch (DeviceException failure)
        {
            return new GpuDeviceInfo(index, "OpenCL device", 0, "unknown", failure.Message);
        }
    }

    private static List<OpenClDevice> Find()
    {
        if (!NativeLibraries.TryLoad(NativeLibraries.OpenCl, out string file))
        {
            throw new DeviceException($"{file} not found");
        }
        if (NativeLibraries.FirstMissing(NativeLibraries.OpenCl, Functions) is { } missing)
        {
            throw new DeviceException($"{file} has no {missing}; OpenCL 1.2 or newer is needed");
        }
        nint* platforms = stackalloc nint[(int)MostPlatforms];
        uint count = 0;
        int code = clGetPlatformIDs(MostPlatforms, platforms, &count);
        if (code == OpenClErrors.PlatformNotFound || (code == 0 && count == 0))
        {
            throw new DeviceException($"{file} knows no driver; install one, e.g. pocl-opencl-icd");
        }
        OpenClErrors.Check(code, "opencl", "clGetPlatformIDs");
        var found = new List<OpenClDevice>();
        DeviceException? failure = null;
        for (uint platform = 0; platform < Math.Min(count, MostPlatforms); platform++)
        {
            try
            {
                found.AddRange(DevicesOf(platforms[platform]));
            }
            catch (DeviceException one)
            {
                failure ??= one;
            }
        }
        if (found.Count == 0 && failure is not null)
        {
            throw failure;
        }
        // A stable sort: among GPUs, and among the others, in the order of the drivers.
        return [.. found.OrderBy(device => device.IsGpu ? 0 : 1)];
    }

    private static List<OpenClDevice> DevicesOf(nint platform)
    {
        nint* devices = stackalloc nint[(int)MostDevices];
        uint count = 0;
        var found = new List<OpenClDevice>();
        int code = clGetDeviceIDs(platform, AllDevices, MostDevices, devices, &count);
        if (code != OpenClErrors.DeviceNotFound)
        {
            OpenClErrors.Check(code, "opencl", "clGetDeviceIDs");
        }
        for (uint device = 0; device < Math.Min(count, MostDevices); device++)
        {
            found.Add(OpenClDevice.Of(devices[device]));
        }
        return found;
    }
}
