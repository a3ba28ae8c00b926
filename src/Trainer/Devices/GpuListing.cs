using Trainer.Engines.Gpu;

namespace Trainer.Devices;

/// <summary>The devices behind a driver, or why there are none.</summary>
/// <param name="Api">What leads to them.</param>
/// <param name="Devices">All of them, usable or not.</param>
/// <param name="Absence">Why there is none; null where there is one.</param>
internal sealed record GpuListing(GpuApi Api, IReadOnlyList<GpuDevice> Devices, string? Absence)
{
    /// <summary>The first device that can be used; null where none can.</summary>
    public GpuDevice? FirstUsable => Devices.FirstOrDefault(device => device.IsUsable);

    /// <summary>Why no device can be used.</summary>
    public string WhyNone => Absence ?? string.Join("; ", Devices.Select(device => device.Complaint));

    /// <summary>How many there are and how they are called: "there is 1 device, cuda:0".</summary>
    public string Count => Devices switch
    {
        [] => $"there is none ({Absence})",
        [var only] => $"there is 1 device, {only.Name}",
        _ => $"there are {Devices.Count} devices, {Devices[0].Name} to {Devices[^1].Name}",
    };
}
