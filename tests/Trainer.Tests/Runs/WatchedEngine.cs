using Trainer.Data;
using Trainer.Engines;

namespace Trainer.Tests.Runs;

/// <summary>An engine that a test looks at, and interferes with.</summary>
/// <param name="inner">Computes.</param>
internal sealed class WatchedEngine(IEngine inner) : IEngine
{
    /// <summary>Hears of every gradient.</summary>
    public Action AfterGradient { get; init; } = () => { };

    /// <summary>Hears of every evaluation, and may change what came of it.</summary>
    public Action<SplitName, Range, RowResults> AfterEvaluate { get; init; } = (_, _, _) => { };

    public string Description => inner.Description;

    public int StateCount => inner.StateCount;

    public void Train(EpochPlan plan, Range steps, RowResults results, CancellationToken cancellation = default) =>
        inner.Train(plan, steps, results, cancellation);

    public void Evaluate(SplitName split, Range rows, RowResults results, CancellationToken cancellation = default)
    {
        inner.Evaluate(split, rows, results, cancellation);
        AfterEvaluate(split, rows, results);
    }

    public double Gradient(ReadOnlySpan<int> rows, Span<float> destination)
    {
        double loss = inner.Gradient(rows, destination);
        AfterGradient();
        return loss;
    }

    public void ReadParameters(Span<float> destination) => inner.ReadParameters(destination);

    public void WriteParameters(ReadOnlySpan<float> source) => inner.WriteParameters(source);

    public void ReadState(int index, Span<float> destination) => inner.ReadState(index, destination);

    public void WriteState(int index, ReadOnlySpan<float> source) => inner.WriteState(index, source);

    public void ReadStatistics(Span<float> destination) => inner.ReadStatistics(destination);

    public void WriteStatistics(ReadOnlySpan<float> source) => inner.WriteStatistics(source);

    public void ReadAverage(Span<float> destination) => inner.ReadAverage(destination);

    public void WriteAverage(ReadOnlySpan<float> source) => inner.WriteAverage(source);

    public void Dispose() => inner.Dispose();
}
