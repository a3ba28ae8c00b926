using Trainer.Benchmarks.Cases;
using Trainer.Benchmarks.Racing;
using Trainer.Data;
using Trainer.Devices;
using Trainer.Failures;

namespace Trainer.Benchmarks.Gpu;

/// <summary>Everybody who takes part in one case: our networks in this process, the peers in theirs.</summary>
/// <param name="item">The case.</param>
/// <param name="device">Where.</param>
/// <param name="data">On what.</param>
/// <param name="epochs">Epochs in one value.</param>
/// <param name="cancellation">Ends a training.</param>
internal sealed class GpuEntrants(BenchmarkCase item, GpuDevice device, DataSet data, int epochs, CancellationToken cancellation) : IDisposable
{
    private const int TrialEpochs = 1;

    private readonly Dictionary<int, GpuTrial> _trials = [];

    /// <summary>Our own entrants, and those of <paramref name="peers"/> for everybody else in the case.</summary>
    public IEnumerable<Entrant> Of(Func<string, IEnumerable<Entrant>> peers) =>
        item.Peers.Prepend(Peer.Ours).SelectMany(peer => Own(peer) is { } own ? [own] : peers(peer));

    /// <summary>What an epoch of one network was.</summary>
    public EpochFacts Facts()
    {
        GpuTrial trial = TrialOf(1);
        trial.Train(TrialEpochs, QueueMode.Everything, cancellation);
        int[] sizes = [data.Train.PixelsPerImage, .. item.Training.Hidden, data.ClassNames.Count];
        int rows = data.Train.Count;
        return new EpochFacts(
            rows, trial.Steps, trial.LaunchesOfEpoch, trial.OrderSeconds,
            EpochWork.OfEpoch(sizes, rows, Math.Min(item.Training.BatchSize, rows), trial.StateCount));
    }

    /// <summary>Seconds in which the orders of so many networks are drawn for an epoch; null where they were not trained.</summary>
    public double? OrderSeconds(int networks) => _trials.GetValueOrDefault(networks)?.OrderSeconds;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (GpuTrial trial in _trials.Values)
        {
            trial.Dispose();
        }
    }

    private Entrant? Own(string peer) => peer switch
    {
        Peer.Ours => Own(peer, 1, QueueMode.Everything),
        Peer.NoRows => Own(peer, 1, QueueMode.NoRows),
        Peer.HostAlone => Own(peer, 1, QueueMode.HostAlone),
        _ => GpuCaseCatalog.NetworksOf(peer) is { } networks ? Own(peer, networks, QueueMode.Everything) : null,
    };

    private Entrant Own(string peer, int networks, QueueMode mode) => new()
    {
        Peer = peer,
        Setting = "",
        Trial = _ => Train(peer, networks, TrialEpochs, mode),
        Measure = () => Train(peer, networks, epochs, mode),
        Accuracy = () => peer == Peer.Ours ? TrialOf(networks).TestAccuracy(cancellation) : null,
    };

    /// <summary>A device may be too small for many networks: that costs their line. Where one network fails, all fails.</summary>
    private double? Train(string peer, int networks, int count, QueueMode mode)
    {
        try
        {
            return TrialOf(networks).Train(count, mode, cancellation);
        }
        catch (DeviceException failure) when (networks > 1)
        {
            throw new RunFailedException($"{item.Name}, {peer}: {failure.Message}", failure);
        }
    }

    private GpuTrial TrialOf(int networks)
    {
        if (!_trials.TryGetValue(networks, out GpuTrial? trial))
        {
            _trials[networks] = trial = new GpuTrial(device, item.Training, data, networks);
        }
        return trial;
    }
}
