using Trainer.Data;
using Trainer.Engines;
using Trainer.Failures;

namespace Trainer.Tests.Devices;

/// <summary>An engine whose device is lost when <paramref name="epoch"/> begins to be trained.</summary>
/// <param name="inner">Computes until then.</param>
/// <param name="epoch">From 1.</param>
internal sealed class LosingEngine(IEngine inner, int epoch) : IEngine
{
    /// <summary>What a user reads.</summary>
    public const string Message = "cuda:0 was lost in mid-run";

    public string Description => "cuda:0, NVIDIA H100 80GB HBM3";

    public int StateCount => inner.StateCount;

    public void Train(EpochPlan plan, Range steps, RowResults results, CancellationToken cancellation = default)
    {
        if (plan.FirstStep >= (long)(epoch - 1) * plan.StepCount)
        {
            throw new DeviceException(Message);
        }
        inner.Train(plan, steps, results, cancellation);
    }

    public void Evaluate(SplitName split, Range rows, RowResults results, CancellationToken cancellation = default) =>
        inner.Evaluate(split, rows, results, cancellation);

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
