using Trainer.Data;
using Trainer.Engines;

namespace Trainer.Diagnostics;

/// <summary>
/// An engine that keeps the parameters before and after the last step of each epoch. The last step becomes a slice of its own,
/// which changes no bit: slices may be cut anywhere.
/// </summary>
/// <param name="engine">What computes; the caller disposes of it.</param>
/// <param name="parameterCount">Length of the flat parameter vector.</param>
public sealed class LastStepEngine(IEngine engine, int parameterCount) : IEngine
{
    /// <summary>The parameters before the last step of the last epoch.</summary>
    public float[] Before { get; } = new float[parameterCount];

    /// <summary>The parameters after it.</summary>
    public float[] After { get; } = new float[parameterCount];

    /// <summary>Whether the last step that was made is the last one of an epoch.</summary>
    public bool HasStep { get; private set; }

    /// <inheritdoc/>
    public string Description => engine.Description;

    /// <inheritdoc/>
    public int StateCount => engine.StateCount;

    /// <summary>Takes what another has kept: a run that goes on behind the last step of an epoch.</summary>
    public void Resume(ReadOnlySpan<float> before, ReadOnlySpan<float> after)
    {
        before.CopyTo(Before);
        after.CopyTo(After);
        HasStep = true;
    }

    /// <inheritdoc/>
    public void Train(EpochPlan plan, Range steps, RowResults results, CancellationToken cancellation = default)
    {
        (int first, int count) = steps.GetOffsetAndLength(plan.StepCount);
        int last = plan.StepCount - 1;
        if (count == 0 || first + count <= last)
        {
            HasStep = false;
            engine.Train(plan, steps, results, cancellation);
            return;
        }
        if (first < last)
        {
            engine.Train(plan, first..last, results, cancellation);
        }
        engine.ReadParameters(Before);
        engine.Train(plan, last..plan.StepCount, results, cancellation);
        engine.ReadParameters(After);
        HasStep = true;
    }

    /// <inheritdoc/>
    public void Evaluate(SplitName split, Range rows, RowResults results, CancellationToken cancellation = default) =>
        engine.Evaluate(split, rows, results, cancellation);

    /// <inheritdoc/>
    public double Gradient(ReadOnlySpan<int> rows, Span<float> destination) => engine.Gradient(rows, destination);

    /// <inheritdoc/>
    public void ReadParameters(Span<float> destination) => engine.ReadParameters(destination);

    /// <inheritdoc/>
    public void WriteParameters(ReadOnlySpan<float> source) => engine.WriteParameters(source);

    /// <inheritdoc/>
    public void ReadState(int index, Span<float> destination) => engine.ReadState(index, destination);

    /// <inheritdoc/>
    public void WriteState(int index, ReadOnlySpan<float> source) => engine.WriteState(index, source);

    /// <inheritdoc/>
    public void ReadStatistics(Span<float> destination) => engine.ReadStatistics(destination);

    /// <inheritdoc/>
    public void WriteStatistics(ReadOnlySpan<float> source) => engine.WriteStatistics(source);

    /// <inheritdoc/>
    public void ReadAverage(Span<float> destination) => engine.ReadAverage(destination);

    /// <inheritdoc/>
    public void WriteAverage(ReadOnlySpan<float> source) => engine.WriteAverage(source);

    /// <summary>Nothing: the engine within belongs to the caller.</summary>
    public void Dispose()
    {
    }
}
