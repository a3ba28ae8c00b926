using System.Runtime.InteropServices;
using Trainer.Activations;
using Trainer.Data;
using Trainer.Formulas;
using Trainer.Optimizers;

namespace Trainer.Engines.Reference;

/// <summary>The reference engine for one activation and one update rule.</summary>
internal sealed class ReferenceEngine<TActivation, TRule>(TrainingSetup setup, TActivation activation, TRule rule) : IEngine
    where TActivation : struct, IActivationFormula
    where TRule : struct, IUpdateRule
{
    private readonly NaiveNetwork<Scalar, TActivation> _network =
        new(setup.Shape, activation, Math.Max(setup.BatchSize, ReferenceEngine.EvaluationRows));

    private readonly RuleState<Scalar>[] _state = new RuleState<Scalar>[setup.Shape.ParameterCount];

    /// <inheritdoc/>
    public string Description => "reference, 1 thread, no vectors";

    /// <inheritdoc/>
    public int StateCount => TRule.StateCount;

    /// <inheritdoc/>
    public void Train(EpochPlan plan, Range steps, RowResults results, CancellationToken cancellation)
    {
        (int first, int end) = EngineArguments.Check(setup, plan, steps, results);
        for (int step = first; step < end; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            (int start, int count) = plan.Rows(step);
            byte[] labels = Forward(_network, setup.Data.Train, plan.Batch(step), results, start);
            _network.Backward(labels);
            Update(plan.LearningRates[step], plan.FirstStep + step + 1);
        }
    }

    /// <inheritdoc/>
    public void Evaluate(SplitName split, Range rows, RowResults results, CancellationToken cancellation)
    {
        (Split data, int first, int end) = EngineArguments.Check(setup, split, rows, results);
        for (int start = first; start < end; start += ReferenceEngine.EvaluationRows)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(ReferenceEngine.EvaluationRows, end - start);
            Forward(_network, data, [.. Enumerable.Range(start, count)], results, start);
        }
    }

    /// <inheritdoc/>
    public double Gradient(ReadOnlySpan<int> rows, Span<float> destination)
    {
        EngineArguments.CheckGradient(setup, rows, destination.Length);
        var network = new NaiveNetwork<Scalar, TActivation>(setup.Shape, activation, rows.Length);
        _network.Parameters.CopyTo(network.Parameters, 0);
        var results = new RowResults(rows.Length);
        byte[] labels = Forward(network, setup.Data.Train, rows, results, 0);
        network.Backward(labels);
        MemoryMarshal.Cast<Scalar, float>(network.Gradient).CopyTo(destination);
        return results.Summarize(setup.Data.Train, rows).Loss;
    }

    /// <inheritdoc/>
    public void ReadParameters(Span<float> destination) => Read(_network.Parameters, destination);

    /// <inheritdoc/>
    public void WriteParameters(ReadOnlySpan<float> source) => Write(source, _network.Parameters);

    /// <inheritdoc/>
    public void ReadState(int index, Span<float> destination)
    {
        EngineArguments.CheckState(setup, index, TRule.StateCount, destination.Length);
        for (int k = 0; k < destination.Length; k++)
        {
            destination[k] = Number(index, k).Value;
        }
    }

    /// <inheritdoc/>
    public void WriteState(int index, ReadOnlySpan<float> source)
    {
        EngineArguments.CheckState(setup, index, TRule.StateCount, source.Length);
        for (int k = 0; k < source.Length; k++)
        {
            Number(index, k) = new Scalar(source[k]);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing but managed memory is held.
    }

    /// <summary>Fetches the rows, runs them forward and writes their losses from <paramref name="position"/> on.</summary>
    private static byte[] Forward(
        NaiveNetwork<Scalar, TActivation> network, Split data, ReadOnlySpan<int> rows, RowResults results, int position)
    {
        byte[] labels = new byte[rows.Length];
        for (int b = 0; b < rows.Length; b++)
        {
            network.SetInput(b, data.Pixels(rows[b]));
            labels[b] = data.Label(rows[b]);
        }
        network.Forward(
            labels,
            MemoryMarshal.Cast<float, Scalar>(results.Losses.AsSpan(position, rows.Length)),
            results.Predictions.AsSpan(position, rows.Length));
        return labels;
    }

    private void Update(double lr, long step)
    {
        StepScalars<Scalar> scalars = StepScalars<Scalar>.From(rule.Scalars(lr, step));
        Scalar[] w = _network.Parameters;
        for (int k = 0; k < w.Length; k++)
        {
            w[k] = rule.Update(w[k], _network.Gradient[k], ref _state[k], scalars);
        }
    }

    private ref Scalar Number(int index, int k)
    {
        ref RuleState<Scalar> state = ref _state[k];
        switch (index)
        {
            case 0: return ref state.First;
            case 1: return ref state.Second;
            default: return ref state.Third;
        }
    }

    private void Read(Scalar[] source, Span<float> destination)
    {
        EngineArguments.CheckLength(setup, destination.Length);
        MemoryMarshal.Cast<Scalar, float>(source).CopyTo(destination);
    }

    private void Write(ReadOnlySpan<float> source, Scalar[] destination)
    {
        EngineArguments.CheckLength(setup, source.Length);
        MemoryMarshal.Cast<float, Scalar>(source).CopyTo(destination);
    }
}
