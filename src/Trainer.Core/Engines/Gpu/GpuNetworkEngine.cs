using Trainer.Data;

namespace Trainer.Engines.Gpu;

/// <summary>One network on a GPU, alone or one of several; of these it is all but training and evaluation, which are done for all
/// of them together.</summary>
/// <param name="setup">What to train.</param>
/// <param name="networks">The one network, or all of them.</param>
/// <param name="queue">The device, if it is closed with the engine.</param>
/// <param name="network">Which of them.</param>
internal sealed class GpuNetworkEngine(TrainingSetup setup, GpuNetworks networks, Drivers.IGpuQueue? queue = null, int network = 0) : IEngine
{
    /// <inheritdoc/>
    public string Description => networks.Description;

    /// <inheritdoc/>
    public int StateCount => networks.StateCount;

    /// <inheritdoc/>
    public void Train(EpochPlan plan, Range steps, RowResults results, CancellationToken cancellation) =>
        networks.Train([plan], steps, [results], cancellation);

    /// <inheritdoc/>
    public void Evaluate(SplitName split, Range rows, RowResults results, CancellationToken cancellation) =>
        networks.Evaluate(split, rows, [results], cancellation);

    /// <inheritdoc/>
    public double Gradient(ReadOnlySpan<int> rows, Span<float> destination) => networks.Gradient(network, rows, destination);

    /// <inheritdoc/>
    public void ReadParameters(Span<float> destination)
    {
        EngineArguments.CheckLength(setup, destination.Length);
        networks.Weights.Read(networks.Weights.Parameters, network, destination);
    }

    /// <inheritdoc/>
    public void WriteParameters(ReadOnlySpan<float> source)
    {
        EngineArguments.CheckLength(setup, source.Length);
        networks.Weights.Write(networks.Weights.Parameters, network, source);
    }

    /// <inheritdoc/>
    public void ReadState(int index, Span<float> destination)
    {
        EngineArguments.CheckLength(setup, destination.Length);
        networks.Weights.Read(State(index), network, destination);
    }

    /// <inheritdoc/>
    public void WriteState(int index, ReadOnlySpan<float> source)
    {
        EngineArguments.CheckLength(setup, source.Length);
        networks.Weights.Write(State(index), network, source);
    }

    /// <inheritdoc/>
    public void ReadStatistics(Span<float> destination)
    {
        EngineArguments.CheckStatistics(setup, destination.Length);
        networks.Weights.ReadStatistics(network, destination);
    }

    /// <inheritdoc/>
    public void WriteStatistics(ReadOnlySpan<float> source)
    {
        EngineArguments.CheckStatistics(setup, source.Length);
        networks.Weights.WriteStatistics(network, source);
    }

    /// <inheritdoc/>
    public void ReadAverage(Span<float> destination)
    {
        EngineArguments.CheckAverage(setup, destination.Length);
        networks.Weights.Read(networks.Weights.Averages, network, destination);
    }

    /// <inheritdoc/>
    public void WriteAverage(ReadOnlySpan<float> source)
    {
        EngineArguments.CheckAverage(setup, source.Length);
        networks.Weights.Write(networks.Weights.Averages, network, source);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        networks.Dispose();
        queue?.Dispose();
    }

    private Drivers.GpuBuffer State(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)StateCount);
        return networks.Weights.States[index];
    }
}
