using Trainer.Data;

namespace Trainer.Engines.Joint;

/// <summary>One of several networks that meet at a <see cref="Rendezvous"/>.</summary>
/// <param name="setup">What it trains.</param>
/// <param name="rendezvous">Where they meet.</param>
/// <param name="network">Its number there.</param>
/// <param name="description">What computes.</param>
/// <param name="stateCount">State vectors of the optimizer.</param>
internal sealed class JointEngine(TrainingSetup setup, Rendezvous rendezvous, int network, string description, int stateCount) : IEngine
{
    /// <inheritdoc/>
    public string Description => description;

    /// <inheritdoc/>
    public int StateCount => stateCount;

    /// <inheritdoc/>
    public void Train(EpochPlan plan, Range steps, RowResults results, CancellationToken cancellation)
    {
        // Whatever is wrong with this call alone is found here, where it is nobody else's trouble.
        (int first, int end) = EngineArguments.Check(setup, plan, steps, results);
        if (first < end && plan.Inputs is { } inputs)
        {
            _ = inputs.Row(first * plan.BatchSize);
            (int start, int count) = plan.Rows(end - 1);
            _ = inputs.Row(start + count - 1);
        }
        rendezvous.Wait(network, JointCall.Train(plan, first, end, results), cancellation);
    }

    /// <inheritdoc/>
    public void Evaluate(SplitName split, Range rows, RowResults results, CancellationToken cancellation)
    {
        (_, int first, int end) = EngineArguments.Check(setup, split, rows, results);
        rendezvous.Wait(network, JointCall.Evaluate(split, first, end, results), cancellation);
    }

    /// <inheritdoc/>
    public double Gradient(ReadOnlySpan<int> rows, Span<float> destination)
    {
        using Rendezvous.Visit visit = rendezvous.Enter(network);
        return visit.Engine.Gradient(rows, destination);
    }

    /// <inheritdoc/>
    public void ReadParameters(Span<float> destination)
    {
        using Rendezvous.Visit visit = rendezvous.Enter(network);
        visit.Engine.ReadParameters(destination);
    }

    /// <inheritdoc/>
    public void WriteParameters(ReadOnlySpan<float> source)
    {
        using Rendezvous.Visit visit = rendezvous.Enter(network);
        visit.Engine.WriteParameters(source);
    }

    /// <inheritdoc/>
    public void ReadState(int index, Span<float> destination)
    {
        using Rendezvous.Visit visit = rendezvous.Enter(network);
        visit.Engine.ReadState(index, destination);
    }

    /// <inheritdoc/>
    public void WriteState(int index, ReadOnlySpan<float> source)
    {
        using Rendezvous.Visit visit = rendezvous.Enter(network);
        visit.Engine.WriteState(index, source);
    }

    /// <inheritdoc/>
    public void ReadStatistics(Span<float> destination)
    {
        using Rendezvous.Visit visit = rendezvous.Enter(network);
        visit.Engine.ReadStatistics(destination);
    }

    /// <inheritdoc/>
    public void WriteStatistics(ReadOnlySpan<float> source)
    {
        using Rendezvous.Visit visit = rendezvous.Enter(network);
        visit.Engine.WriteStatistics(source);
    }

    /// <inheritdoc/>
    public void ReadAverage(Span<float> destination)
    {
        using Rendezvous.Visit visit = rendezvous.Enter(network);
        visit.Engine.ReadAverage(destination);
    }

    /// <inheritdoc/>
    public void WriteAverage(ReadOnlySpan<float> source)
    {
        using Rendezvous.Visit visit = rendezvous.Enter(network);
        visit.Engine.WriteAverage(source);
    }

    /// <inheritdoc/>
    public void Dispose() => rendezvous.Leave(network);
}
