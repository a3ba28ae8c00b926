using Trainer.Data;
using Trainer.Engines.Gpu.Drivers;
using Trainer.Engines.Joint;

namespace Trainer.Engines.Gpu;

/// <summary>Networks side by side on a GPU, for runs that meet.</summary>
/// <param name="setups">What to train.</param>
/// <param name="networks">The networks.</param>
/// <param name="queue">The device, which is closed with them.</param>
internal sealed class GpuJointNetworks(IReadOnlyList<TrainingSetup> setups, GpuNetworks networks, IGpuQueue queue) : IJointNetworks
{
    /// <inheritdoc/>
    public string Description => networks.Description;

    /// <inheritdoc/>
    public IReadOnlyList<IEngine> Networks { get; } =
        [.. setups.Select((setup, network) => new GpuNetworkEngine(setup, networks, null, network))];

    /// <inheritdoc/>
    public void Train(IReadOnlyList<EpochPlan> plans, Range steps, IReadOnlyList<RowResults> results) =>
        networks.Train(plans, steps, results, CancellationToken.None);

    /// <inheritdoc/>
    public void Evaluate(SplitName split, Range rows, IReadOnlyList<RowResults> results) =>
        networks.Evaluate(split, rows, results, CancellationToken.None);

    /// <inheritdoc/>
    public void Dispose()
    {
        networks.Dispose();
        queue.Dispose();
    }
}
