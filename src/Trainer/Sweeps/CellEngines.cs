using Trainer.Devices;
using Trainer.Engines;

namespace Trainer.Sweeps;

/// <summary>Decides which cells start together on a device, and makes their engines: the one place that knows what a device can do
/// side by side.</summary>
/// <param name="devices">Where engines come from.</param>
/// <param name="sideBySide">How many alike networks a device trains at once.</param>
internal sealed class CellEngines(DeviceAccess devices, Func<DeviceChoice, int> sideBySide)
{
    /// <summary>Engines of one network each: a processor's has threads of its own, and so far a GPU's has the whole device.</summary>
    public CellEngines(DeviceAccess devices)
        : this(devices, static _ => 1)
    {
    }

    /// <summary>The cells that start together with <paramref name="first"/>: those that differ from it in the seed alone, as many as
    /// its device trains at once.</summary>
    /// <param name="first">The next cell.</param>
    /// <param name="waiting">The cells behind it, in order.</param>
    public IReadOnlyList<CellRun> Together(CellRun first, IEnumerable<CellRun> waiting) =>
    [
        first,
        .. waiting
            .Where(cell => cell.Cell.Group == first.Cell.Group && cell.Hash == first.Hash && cell.Device.Name == first.Device.Name)
            .Take(sideBySide(first.Device) - 1),
    ];

    /// <summary>Whether a device does one bundle after the other, whatever cores are free.</summary>
    public static bool IsTakenWhole(DeviceChoice device) => device.Gpu is not null;

    /// <summary>An engine for each of the setups, for a thread of its own.</summary>
    /// <param name="device">Where they run.</param>
    /// <param name="setups">What to train.</param>
    /// <param name="threads">Threads of each where the processor computes.</param>
    /// <exception cref="Failures.DeviceException">The device cannot be used after all, or has too little memory.</exception>
    public IReadOnlyList<IEngine> Create(DeviceChoice device, IReadOnlyList<TrainingSetup> setups, int threads)
    {
        var engines = new List<IEngine>();
        try
        {
            engines.AddRange(setups.Select(setup => devices.Create(device, setup, threads)));
            return engines;
        }
        catch
        {
            engines.ForEach(engine => engine.Dispose());
            throw;
        }
    }
}
