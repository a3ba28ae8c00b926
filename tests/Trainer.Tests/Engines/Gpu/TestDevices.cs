using Trainer.Engines.Gpu;
using Trainer.Failures;
using Trainer.Tests.Data;

namespace Trainer.Tests.Engines.Gpu;

/// <summary>The device behind a driver that the tests compute on: the first usable one, be it a processor's (PoCL).</summary>
internal sealed class TestDevices
{
    private readonly Lazy<(GpuDeviceInfo? Device, string? Why)> _first;

    private TestDevices(GpuApi api) => _first = new(() => Find(api));

    /// <summary>OpenCL's.</summary>
    public static TestDevices OpenCl { get; } = new(GpuApi.OpenCl);

    /// <summary>A card's.</summary>
    public static TestDevices Cuda { get; } = new(GpuApi.Cuda);

    /// <summary>The device.</summary>
    public GpuDeviceInfo Device => _first.Value.Device ?? throw new InvalidOperationException(WhyNone);

    /// <summary>Its number.</summary>
    public int Index => Device.Index;

    /// <summary>Why there is none, for people; null where there is one.</summary>
    public string? WhyNone => _first.Value.Why;

    private static (GpuDeviceInfo? Device, string? Why) Find(GpuApi api)
    {
        try
        {
            IReadOnlyList<GpuDeviceInfo> devices = GpuEngine.Devices(api);
            GpuDeviceInfo? usable = devices.FirstOrDefault(device => device.Problem is null);
            return (usable, usable is null ? $"no {api} device is usable: {string.Join("; ", devices.Select(device => $"{device.Name} {device.Problem}"))}" : null);
        }
        catch (DeviceException failure)
        {
            return (null, $"no {api} device: {failure.Message}");
        }
    }
}

/// <summary>A test that needs an OpenCL device; without one it is skipped, with the reason.</summary>
internal sealed class FactNeedingOpenClAttribute : FactAttribute
{
    /// <param name="realData">Whether it needs the official files too.</param>
    public FactNeedingOpenClAttribute(bool realData = false) =>
        Skip = TestDevices.OpenCl.WhyNone ?? (realData ? new FactNeedingRealDataAttribute().Skip : null);
}

/// <summary>Tests that need an OpenCL device; without one they are skipped, with the reason.</summary>
internal sealed class TheoryNeedingOpenClAttribute : TheoryAttribute
{
    public TheoryNeedingOpenClAttribute() => Skip = TestDevices.OpenCl.WhyNone;
}

/// <summary>A test that needs a card; without one it is skipped, with the reason.</summary>
internal sealed class FactNeedingCudaAttribute : FactAttribute
{
    /// <param name="realData">Whether it needs the official files too.</param>
    public FactNeedingCudaAttribute(bool realData = false) =>
        Skip = TestDevices.Cuda.WhyNone ?? (realData ? new FactNeedingRealDataAttribute().Skip : null);
}

/// <summary>Tests that need a card; without one they are skipped, with the reason.</summary>
internal sealed class TheoryNeedingCudaAttribute : TheoryAttribute
{
    public TheoryNeedingCudaAttribute() => Skip = TestDevices.Cuda.WhyNone;
}
