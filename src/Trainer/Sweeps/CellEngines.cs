using Trainer.Data;
using Trainer.Devices;
using Trainer.Engines;
using Trainer.Engines.Gpu;
using Trainer.Runs;

namespace Trainer.Sweeps;

/// <summary>Decides which cells start together on a device, and makes their engines: the one place that knows what a device can do
/// side by side.</summary>
/// <param name="devices">Where engines come from.</param>
/// <param name="sideBySide">How many networks like one a device trains in the same launches.</param>
/// <param name="most">How many cells may start together.</param>
/// <remarks>One thread asks; only engines are made by others.</remarks>
internal sealed class CellEngines(DeviceAccess devices, Func<DeviceChoice, TrainingSetup, int> sideBySide, int most)
{
    // Seeds change none of it.
    private readonly Dictionary<(string Hash, DataSet Images), GpuLikeness> _likeness = [];

    /// <summary>Engines of this machine: a processor's is of one network and has threads of its own, a GPU's trains alike ones side by
    /// side.</summary>
    /// <param name="devices">Where engines come from.</param>
    /// <param name="most">How many cells may start together.</param>
    public CellEngines(DeviceAccess devices, int most = int.MaxValue)
        : this(devices, DeviceAccess.MostSideBySide, most)
    {
    }

    /// <summary>The cells that start together with <paramref name="first"/>: those that are alike enough to share its device, as many
    /// as that trains at once. Those with as many epochs come first: who has more goes on alone in the end.</summary>
    /// <param name="first">The next cell.</param>
    /// <param name="waiting">The cells behind it, in order.</param>
    public IReadOnlyList<CellRun> Together(CellRun first, IEnumerable<CellRun> waiting)
    {
        TrainingSetup setup = Run.Setup(first.Experiment, first.Images);
        int count = Math.Min(most, sideBySide(first.Device, setup));
        if (count <= 1)
        {
            return [first];
        }
        GpuLikeness likeness = LikenessOf(first);
        CellRun[] neighbours = [.. waiting.Where(cell => cell.Device.Name == first.Device.Name)];
        return [first, .. Alike(of: true).Concat(Alike(of: false)).Take(count - 1)];

        IEnumerable<CellRun> Alike(bool of) => neighbours.Where(
            cell => cell.Experiment.Epochs == first.Experiment.Epochs == of && LikenessOf(cell) == likeness);
    }

    /// <summary>Whether a device does one bundle after the other, whatever cores are free.</summary>
    public static bool IsTakenWhole(DeviceChoice device) => device.Gpu is not null;

    /// <summary>Whether cells on the two take room from one another: on the same GPU, or both on the processor.</summary>
    public static bool AreShared(DeviceChoice one, DeviceChoice other) =>
        IsTakenWhole(one) ? one.Name == other.Name : !IsTakenWhole(other);

    /// <summary>An engine for each of the setups, for a thread of its own.</summary>
    /// <param name="device">Where they run.</param>
    /// <param name="setups">What to train.</param>
    /// <param name="threads">Threads of each where the processor computes.</param>
    /// <exception cref="Failures.DeviceException">The device cannot be used after all, or has too little memory.</exception>
    public IReadOnlyList<IEngine> Create(DeviceChoice device, IReadOnlyList<TrainingSetup> setups, int threads) =>
        devices.CreateSideBySide(device, setups, threads);

    private GpuLikeness LikenessOf(CellRun cell)
    {
        (string, DataSet) key = (cell.Hash, cell.Images);
        if (!_likeness.TryGetValue(key, out GpuLikeness? likeness))
        {
            _likeness[key] = likeness = GpuLikeness.Of(Run.Setup(cell.Experiment, cell.Images));
        }
        return likeness;
    }
}
