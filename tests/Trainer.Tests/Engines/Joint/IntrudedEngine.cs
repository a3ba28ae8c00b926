using Trainer.Data;
using Trainer.Engines;

namespace Trainer.Tests.Engines.Joint;

/// <summary>An engine with something that happens before each of its calls.</summary>
/// <param name="inner">Computes.</param>
/// <param name="before">Called with the number of the call, from 1 on.</param>
internal sealed class IntrudedEngine(IEngine inner, Action<int> before) : IEngine
{
    /// <summary>Calls so far.</summary>
    public int Calls { get; private set; }

    public string Description => inner.Description;

    public int StateCount => inner.StateCount;

    private IEngine Inner
    {
        get
        {
            before(++Calls);
            return inner;
        }
    }

    public void Train(EpochPlan plan, Range steps, RowResults results, CancellationToken cancellation = default) =>
        Inner.Train(plan, steps, results, cancellation);

    public void Evaluate(SplitName split, Range rows, RowResults results, CancellationToken cancellation = default) =>
        Inner.Evaluate(split, rows, results, cancellation);

    public double Gradient(ReadOnlySpan<int> rows, Span<float> destination) => Inner.Gradient(rows, destination);

    public void ReadParameters(Span<float> destination) => Inner.ReadParameters(destination);

    public void WriteParameters(ReadOnlySpan<float> source) => Inner.WriteParameters(source);

    public void ReadState(int index, Span<float> destination) => Inner.ReadState(index, destination);

    public void WriteState(int index, ReadOnlySpan<float> source) => Inner.WriteState(index, source);

    public void ReadStatistics(Span<float> destination) => Inner.ReadStatistics(destination);

    public void WriteStatistics(ReadOnlySpan<float> source) => Inner.WriteStatistics(source);

    public void ReadAverage(Span<float> destination) => Inner.ReadAverage(destination);

    public void WriteAverage(ReadOnlySpan<float> source) => Inner.WriteAverage(source);

    public void Dispose() => inner.Dispose();
}
