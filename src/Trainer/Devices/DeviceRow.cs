using System.Text.Json.Serialization;

namespace Trainer.Devices;

/// <summary>A device as <c>trainer info</c> shows it.</summary>
/// <param name="Device">Its name, as <c>--device</c> takes it; of a driver without devices, the driver's.</param>
/// <param name="Name">What it is; null where nothing is there.</param>
/// <param name="MemoryGib">Its memory in GiB, where it has its own.</param>
/// <param name="Driver">Version of its driver, where it has one.</param>
/// <param name="Problem">Why it cannot be used; null where it can.</param>
internal sealed record DeviceRow(string Device, string? Name, double? MemoryGib, string? Driver, string? Problem)
{
    /// <summary>Everything that <c>--device</c> may name here, and of the rest why not.</summary>
    /// <param name="gpus">The GPU drivers' devices.</param>
    public static IEnumerable<DeviceRow> All(IEnumerable<GpuListing> gpus) =>
    [
        new(DeviceName.Cpu, "this processor, with vectors and threads", null, null, null),
        .. gpus.SelectMany(Rows),
        new(DeviceName.Reference, "this processor, with plain loops: slow, there to be compared with", null, null, null),
    ];

    /// <summary>What stands behind the device's name on a page for people.</summary>
    [JsonIgnore]
    public string Text => string.Join(": ", new[] { Description, Problem }.OfType<string>());

    private string? Description => MemoryGib is { } memory ? FormattableString.Invariant($"{Name}, {memory:0.0} GiB, driver {Driver}") : Name;

    private static IEnumerable<DeviceRow> Rows(GpuListing listing) => listing.Absence is { } absence
        ? [new(DeviceName.Of(listing.Api), null, null, null, absence)]
        : listing.Devices.Select(device => new DeviceRow(
            device.Name, device.Info.Name, device.MemoryGib, device.Info.Driver, device.Info.Problem));
}
