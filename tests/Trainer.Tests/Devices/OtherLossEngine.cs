using Trainer.Data;
using Trainer.Engines;

namespace Trainer.Tests.Devices;

/// <summary>An engine whose loss is half the cross-entropy: no e^-loss is a probability.</summary>
/// <param name="inner">Computes.</param>
internal sealed class OtherLossEngine(IEngine inner) : IEngine
{
    public string Description => inner.Description;

    public int StateCount => inner.StateCount;

    public void Train(EpochPlan plan, Range steps, RowResults results, CancellationToken cancellation = default) =>
        inner.Train(plan, steps, results, cancellation);

    public void Evaluate(SplitName split, Range rows, RowResults results, CancellationToken cancellation = default)
    {
        inner.Evaluate(split, rows, results, cancellation);
        for (int row = rows.Start.Value; row < rows.End.Value; row++)
        {
            results.Losses[row] /= 2;
        }
    }

    public double Gradient(ReadOnlySpan<int> rows, Span<float> destination) => inner.Gradient(rows, destination);

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
