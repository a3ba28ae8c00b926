using Trainer.Engines.Gpu;
using Trainer.Failures;

namespace Trainer.Devices;

/// <summary>Which device a run uses, and why. The choice changes the speed and no number.</summary>
/// <param name="Name">The device, as <c>--device</c> takes it: <c>cpu</c>, <c>cuda:0</c>.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="Gpu">The device, where a GPU engine uses it.</param>
internal sealed record DeviceChoice(string Name, string Reason, GpuDevice? Gpu = null)
{
    /// <summary>What helps where a device does not, to stand at the end of a message.</summary>
    public const string Mend = $"use --device {DeviceName.Cpu}, which gives the same numbers";

    private const string AskedFor = "asked for";

    /// <summary>The device that <paramref name="name"/> means here.</summary>
    /// <param name="name">What was asked for.</param>
    /// <param name="place">Where it stands, for messages.</param>
    /// <param name="list">Lists the devices behind a driver; called only where the answer matters.</param>
    /// <exception cref="DeviceException">The device is not there or cannot be used.</exception>
    public static DeviceChoice For(DeviceName name, string place, Func<GpuApi, GpuListing> list) => name switch
    {
        { Family: DeviceName.Auto } => Best(list(GpuApi.Cuda)),
        { Api: { } api, Number: { } number } => Numbered(list(api), number, place),
        { Api: { } api } => First(list(api), place),
        _ => new DeviceChoice(name.Family, AskedFor),
    };

    // OpenCL is left to who asks for it: behind it may be the processor itself, which our own engine uses better.
    private static DeviceChoice Best(GpuListing listing) => listing.FirstUsable is { } device
        ? Of(device, "auto: the first CUDA device that can be used")
        : new DeviceChoice(DeviceName.Cpu, $"auto: {listing.WhyNone}");

    private static DeviceChoice First(GpuListing listing, string place)
    {
        string family = DeviceName.Of(listing.Api);
        return listing.FirstUsable is { } device
            ? Of(device, $"asked for {family}, the first device that can be used")
            : throw new DeviceException($"{place}: no {family} device can be used: {listing.WhyNone}; {Mend}");
    }

    private static DeviceChoice Numbered(GpuListing listing, int number, string place)
    {
        string name = DeviceName.Of(listing.Api, number);
        GpuDevice device = listing.Devices.FirstOrDefault(device => device.Info.Index == number)
            ?? throw new DeviceException($"{place}: no device {name}: {listing.Count}; {Mend}");
        return device.IsUsable
            ? Of(device, AskedFor)
            : throw new DeviceException($"{place}: {name} cannot be used: {device.Complaint}; {Mend}");
    }

    // The engine says which device it is; with the driver's version the reason tells all that a reader of the manifest may ask.
    private static DeviceChoice Of(GpuDevice device, string reason) => new(device.Name, $"{reason}; driver {device.Info.Driver}", device);
}
