using Trainer.Engines.Gpu;
using Trainer.Failures;

namespace Trainer.Tests.Engines.Gpu;

/// <summary>The OpenCL device that the tests compute on: the first usable one, be it a processor's (PoCL).</summary>
internal static class OpenClDevices
{
    private static readonly Lazy<(GpuDeviceInfo? Device, string? Why)> First = new(Find);

    /// <summary>The device; null where there is none.</summary>
    public static GpuDeviceInfo? Device => First.Value.Device;

    /// <summary>Why there is none, for people; null where there is one.</summary>
    public static string? WhyNone => First.Value.Why;

    private static (GpuDeviceInfo? Device, string? Why) Find()
    {
        try
        {
            IReadOnlyList<GpuDeviceInfo> devices = GpuEngine.Devices(GpuApi.OpenCl);
            GpuDeviceInfo? usable = devices.FirstOrDefault(device => device.Problem is null);
            return (usable, usable is null ? $"no OpenCL device is usable: {string.Join("; ", devices.Select(device => $"{device.Name} {device.Problem}"))}" : null);
        }
        catch (DeviceException failure)
        {
            return (null, $"no OpenCL device: {failure.Message}");
        }
    }
}

/// <summary>A test that needs an OpenCL device; without one it is skipped, with the reason.</summary>
internal sealed class FactNeedingOpenClAttribute : FactAttribute
{
    public FactNeedingOpenClAttribute() => Skip = OpenClDevices.WhyNone;
}

/// <summary>Tests that need an OpenCL device; without one they are skipped, with the reason.</summary>
internal sealed class TheoryNeedingOpenClAttribute : TheoryAttribute
{
    public TheoryNeedingOpenClAttribute() => Skip = OpenClDevices.WhyNone;
}
