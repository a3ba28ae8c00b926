using Trainer.Engines.Gpu.Drivers;
using Trainer.Failures;

namespace Trainer.Engines.Gpu.Cuda;

/// <summary>NVIDIA's driver: nothing but the library that comes with a card's driver, no toolkit.</summary>
internal sealed class CudaDriver : IGpuDriver
{
    /// <inheritdoc/>
    public IReadOnlyList<GpuDeviceInfo> Devices()
    {
        string version = CudaLibrary.Require();
        return [.. Enumerable.Range(0, CudaDevice.Count()).Select(index => Describe(index, version))];
    }

    /// <inheritdoc/>
    public IGpuQueue Open(int index, KernelProgram program)
    {
        CudaLibrary.Require();
        int count = CudaDevice.Count();
        if (index < 0 || index >= count)
        {
            string place = CudaDevice.PlaceOf(index);
            throw new DeviceException(count == 1
                ? $"there is no {place}: the driver has one device, {CudaDevice.PlaceOf(0)}"
                : $"there is no {place}: the driver has {count} devices, the last is {CudaDevice.PlaceOf(count - 1)}");
        }
        CudaDevice device = CudaDevice.Read(index);
        byte[] ptx = program.Ptx();
        return device.Problem(ComputeCapability.OfPtx(ptx)) is { } problem
            ? throw new DeviceException($"{device.Place}: {problem}")
            : CudaQueue.Open(device, ptx);
    }

    // A card that does not answer is listed with its reason, and does not hide the others.
    private static GpuDeviceInfo Describe(int index, string version)
    {
        try
        {
            CudaDevice device = CudaDevice.Read(index);
            return new GpuDeviceInfo(index, device.Name, device.Memory, version, device.Problem(ComputeCapability.Needed));
        }
        catch (DeviceException failure)
        {
            return new GpuDeviceInfo(index, "NVIDIA card", 0, version, failure.Message);
        }
    }
}
