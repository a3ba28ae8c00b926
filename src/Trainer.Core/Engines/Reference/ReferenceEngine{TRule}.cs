using System.Runtime.InteropServices;
using Trainer.Data;
using Trainer.Formulas;
using Trainer.Optimizers;
using Trainer.Regularizers;

namespace Trainer.Engines.Reference;

/// <summary>The reference engine for one update rule.</summary>
internal sealed class ReferenceEngine<TRule> : IEngine
    where TRule : struct, IUpdateRule
{
    private readonly TrainingSetup _setup;
    private readonly NaiveNetwork<Scalar> _network;
    private readonly NaiveUpdate<TRule> _update;
    private readonly DropoutMask? _dropout;

    public ReferenceEngine(TrainingSetup setup, TRule rule)
    {
        _setup = setup;
        _network = new NaiveNetwork<Scalar>(setup.Network, Math.Max(setup.BatchSize, ReferenceEngine.EvaluationRows));
        _update = new NaiveUpdate<TRule>(setup, rule, _network.Parameters);
        _dropout = setup.Network.Dropout > 0 ? new DropoutMask(setup.Shape, setup.Network.Dropout, setup.Seed) : null;
    }

    /// <inheritdoc/>
    public string Description => "reference, 1 thread, no vectors";

    /// <inheritdoc/>
    public int StateCount => TRule.StateCount;

    /// <inheritdoc/>
    public void Train(EpochPlan plan, Range steps, RowResults results, CancellationToken cancellation)
    {
        (int first, int end) = EngineArguments.Check(_setup, plan, steps, results);
        for (int step = first; step < end; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            long number = plan.FirstStep + step + 1;
            (int start, int count) = plan.Rows(step);
            byte[] labels = SetRows(_network, _setup.Data.Train, plan.Batch(step));
            for (int b = 0; plan.Inputs is { } inputs && b < count; b++)
            {
                _network.SetInput(b, inputs.Row(start + b));
            }
            if (_dropout is not null)
            {
                _network.DrawMasks(_dropout, number, count);
            }
            _network.Forward(labels, Losses(results, start, count), results.Predictions.AsSpan(start, count), _dropout is not null);
            _network.Backward(labels);
            _network.UpdateStatistics();
            _update.Step(_network.Gradient, plan.LearningRates[step], number);
        }
    }

    /// <inheritdoc/>
    public void Evaluate(SplitName split, Range rows, RowResults results, CancellationToken cancellation)
    {
        (Split data, int first, int end) = EngineArguments.Check(_setup, split, rows, results);
        for (int start = first; start < end; start += ReferenceEngine.EvaluationRows)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(ReferenceEngine.EvaluationRows, end - start);
            byte[] labels = SetRows(_network, data, [.. Enumerable.Range(start, count)]);
            _network.Evaluate(labels, Losses(results, start, count), results.Predictions.AsSpan(start, count));
        }
    }

    /// <inheritdoc/>
    public double Gradient(ReadOnlySpan<int> rows, Span<float> destination)
    {
        EngineArguments.CheckGradient(_setup, rows, destination.Length);
        var network = new NaiveNetwork<Scalar>(_setup.Network, rows.Length);
        _network.Parameters.CopyTo(network.Parameters, 0);
        var results = new RowResults(rows.Length);
        byte[] labels = SetRows(network, _setup.Data.Train, rows);
        network.Forward(labels, Losses(results, 0, rows.Length), results.Predictions);
        network.Backward(labels);
        MemoryMarshal.Cast<Scalar, float>(network.Gradient).CopyTo(destination);
        return results.Summarize(_setup.Data.Train, rows).Loss;
    }

    /// <inheritdoc/>
    public void ReadParameters(Span<float> destination)
    {
        EngineArguments.CheckLength(_setup, destination.Length);
        MemoryMarshal.Cast<Scalar, float>(_network.Parameters).CopyTo(destination);
    }

    /// <inheritdoc/>
    public void WriteParameters(ReadOnlySpan<float> source)
    {
        EngineArguments.CheckLength(_setup, source.Length);
        MemoryMarshal.Cast<float, Scalar>(source).CopyTo(_network.Parameters);
    }

    /// <inheritdoc/>
    public void ReadState(int index, Span<float> destination)
    {
        EngineArguments.CheckState(_setup, index, StateCount, destination.Length);
        for (int k = 0; k < destination.Length; k++)
        {
            destination[k] = _update.State(index, k).Value;
        }
    }

    /// <inheritdoc/>
    public void WriteState(int index, ReadOnlySpan<float> source)
    {
        EngineArguments.CheckState(_setup, index, StateCount, source.Length);
        for (int k = 0; k < source.Length; k++)
        {
            _update.State(index, k) = new Scalar(source[k]);
        }
    }

    /// <inheritdoc/>
    public void ReadStatistics(Span<float> destination)
    {
        EngineArguments.CheckStatistics(_setup, destination.Length);
        MemoryMarshal.Cast<Scalar, float>(_network.Statistics).CopyTo(destination);
    }

    /// <inheritdoc/>
    public void WriteStatistics(ReadOnlySpan<float> source)
    {
        EngineArguments.CheckStatistics(_setup, source.Length);
        MemoryMarshal.Cast<float, Scalar>(source).CopyTo(_network.Statistics);
    }

    /// <inheritdoc/>
    public void ReadAverage(Span<float> destination)
    {
        EngineArguments.CheckAverage(_setup, destination.Length);
        MemoryMarshal.Cast<Scalar, float>(_update.Average).CopyTo(destination);
    }

    /// <inheritdoc/>
    public void WriteAverage(ReadOnlySpan<float> source)
    {
        EngineArguments.CheckAverage(_setup, source.Length);
        MemoryMarshal.Cast<float, Scalar>(source).CopyTo(_update.Average);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing but managed memory is held.
    }

    private static Span<Scalar> Losses(RowResults results, int start, int count) =>
        MemoryMarshal.Cast<float, Scalar>(results.Losses.AsSpan(start, count));

    /// <summary>Fetches the rows, and their labels.</summary>
    private static byte[] SetRows(NaiveNetwork<Scalar> network, Split data, ReadOnlySpan<int> rows)
    {
        byte[] labels = new byte[rows.Length];
        for (int b = 0; b < rows.Length; b++)
        {
            network.SetInput(b, data.Pixels(rows[b]));
            labels[b] = data.Label(rows[b]);
        }
        return labels;
    }
}
