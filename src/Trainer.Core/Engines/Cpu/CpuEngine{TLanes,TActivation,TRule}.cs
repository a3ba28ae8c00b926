using Trainer.Activations;
using Trainer.Data;
using Trainer.Formulas;
using Trainer.Optimizers;

namespace Trainer.Engines.Cpu;

/// <summary>The processor engine for one vector width, one activation and one update rule.</summary>
/// <remarks>
/// A step has two phases with a barrier behind each. First every thread takes some of the rows through the network and
/// back, which needs nothing of the other rows. Then every thread takes some of the weights: sums their gradient over
/// all rows, in order, and updates them while the gradient is still in its cache.
/// </remarks>
internal sealed unsafe class CpuEngine<TLanes, TActivation, TRule> : IEngine
    where TLanes : struct, ILanes<TLanes>
    where TActivation : struct, IActivationFormula
    where TRule : struct, IUpdateRule
{
    private const int EvaluationRows = 64;
    private const int BitsPerNumber = 32;

    private readonly TrainingSetup _setup;
    private readonly TActivation _activation;
    private readonly TRule _rule;
    private readonly PackedLayout _layout;
    private readonly AlignedBuffer _parameters;
    private readonly AlignedBuffer[] _transposed;
    private readonly AlignedBuffer[] _state;
    private readonly AlignedBuffer[] _scratch;
    private readonly Workspace _workspace;
    private readonly Crew _crew;
    private readonly SpinBarrier _barrier;
    private readonly Action<int> _trainJob;
    private readonly Action<int> _evaluateJob;
    private TrainingTask _task;
    private EvaluationTask _evaluation;

    public CpuEngine(TrainingSetup setup, TActivation activation, TRule rule, int threads)
    {
        _setup = setup;
        _activation = activation;
        _rule = rule;
        _layout = new PackedLayout(setup.Shape);
        _parameters = new AlignedBuffer(_layout.Length);
        _transposed = [.. _layout.Layers.Select(layer =>
            new AlignedBuffer(layer.Layer.Index == 0 ? 0 : (long)layer.Outputs * layer.InputStride))];
        _state = [.. Enumerable.Range(0, TRule.StateCount).Select(_ => new AlignedBuffer(_layout.Length))];
        _scratch = [.. Enumerable.Range(0, threads).Select(_ =>
            new AlignedBuffer((long)WeightPhase.ChunkRows * _layout.Layers.Max(layer => layer.Stride)))];
        _workspace = new Workspace(_layout, Math.Max(setup.BatchSize, threads * EvaluationRows));
        _crew = new Crew(threads);
        _barrier = new SpinBarrier(threads);
        _trainJob = TrainShare;
        _evaluateJob = EvaluateShare;
    }

    /// <inheritdoc/>
    public string Description =>
        $"cpu, {_crew.Size} {(_crew.Size == 1 ? "thread" : "threads")}, {(TLanes.Count == 1 ? "no vectors" : $"{TLanes.Count * BitsPerNumber}-bit vectors")}";

    /// <inheritdoc/>
    public int StateCount => TRule.StateCount;

    /// <inheritdoc/>
    public void Train(EpochPlan plan, Range steps, RowResults results)
    {
        (int first, int end) = EngineArguments.Check(_setup, plan, steps, results);
        _task = new TrainingTask(plan, first, end, results);
        _crew.Run(_trainJob);
    }

    /// <inheritdoc/>
    public void Evaluate(SplitName split, Range rows, RowResults results)
    {
        (Split data, int first, int end) = EngineArguments.Check(_setup, split, rows, results);
        _evaluation = new EvaluationTask(data, first, end, results);
        _crew.Run(_evaluateJob);
    }

    /// <inheritdoc/>
    public double Gradient(ReadOnlySpan<int> rows, Span<float> destination)
    {
        EngineArguments.CheckLength(_setup, destination.Length);
        Workspace workspace = rows.Length <= _workspace.Rows ? _workspace : new Workspace(_layout, rows.Length);
        var results = new RowResults(rows.Length);
        RowPhase<TLanes, TActivation> phase = RowPhaseOver(workspace);
        phase.Forward(_setup.Data.Train, rows, 0, rows.Length, results, 0);
        phase.Backward(_setup.Data.Train, rows, 0, rows.Length);
        var gradient = new AlignedBuffer(_layout.Length);
        foreach (PackedLayer layer in _layout.Layers)
        {
            WeightPhase.Gradient<TLanes>(workspace, layer, rows.Length, 0, layer.Inputs, gradient.Pointer + layer.Offset);
            WeightPhase.BiasGradient<TLanes>(workspace, layer, rows.Length, gradient.Pointer + layer.BiasOffset);
        }
        _layout.Unpack(gradient.Span, destination);
        return results.Summarize(_setup.Data.Train, rows).Loss;
    }

    /// <inheritdoc/>
    public void ReadParameters(Span<float> destination) => Read(_parameters, destination);

    /// <inheritdoc/>
    public void WriteParameters(ReadOnlySpan<float> source)
    {
        Write(source, _parameters);
        foreach (PackedLayer layer in _layout.Layers)
        {
            WeightPhase.Transpose(layer, _parameters.Pointer, 0, layer.Inputs, _transposed[layer.Layer.Index].Pointer);
        }
    }

    /// <inheritdoc/>
    public void ReadState(int index, Span<float> destination) => Read(_state[index], destination);

    /// <inheritdoc/>
    public void WriteState(int index, ReadOnlySpan<float> source) => Write(source, _state[index]);

    /// <inheritdoc/>
    public void Dispose() => _crew.Dispose();

    private void TrainShare(int thread)
    {
        (EpochPlan plan, int first, int end, RowResults results) = _task;
        Split train = _setup.Data.Train;
        RowPhase<TLanes, TActivation> phase = RowPhaseOver(_workspace);
        for (int step = first; step < end; step++)
        {
            (int start, int count) = plan.Rows(step);
            ReadOnlySpan<int> rows = plan.Batch(step);
            (int from, int to) = Share.Of(count, thread, _crew.Size);
            phase.Forward(train, rows, from, to, results, start);
            phase.Backward(train, rows, from, to);
            _barrier.Wait();
            StepScalars scalars = _rule.Scalars(plan.LearningRates[step], plan.FirstStep + step + 1);
            foreach (PackedLayer layer in _layout.Layers)
            {
                UpdateShare(layer, thread, count, scalars);
            }
            _barrier.Wait();
        }
    }

    /// <summary>Gradient and update of this thread's rows of w_IO; the last thread takes the bias as well.</summary>
    private void UpdateShare(PackedLayer layer, int thread, int rows, StepScalars scalars)
    {
        float* gradient = _scratch[thread].Pointer;
        (int from, int to) = Share.Of(layer.Inputs, thread, _crew.Size);
        for (int i = from; i < to; i += WeightPhase.ChunkRows)
        {
            int next = Math.Min(i + WeightPhase.ChunkRows, to);
            WeightPhase.Gradient<TLanes>(_workspace, layer, rows, i, next, gradient);
            Update(gradient, layer.Offset + i * layer.Stride, (next - i) * layer.Stride, scalars);
        }
        WeightPhase.Transpose(layer, _parameters.Pointer, from, to, _transposed[layer.Layer.Index].Pointer);
        if (thread == _crew.Size - 1)
        {
            WeightPhase.BiasGradient<TLanes>(_workspace, layer, rows, gradient);
            Update(gradient, layer.BiasOffset, layer.Stride, scalars);
        }
    }

    private void Update(float* gradient, int offset, int count, StepScalars scalars)
    {
        float* first = TRule.StateCount > 0 ? _state[0].Pointer + offset : null;
        float* second = TRule.StateCount > 1 ? _state[1].Pointer + offset : null;
        Elementwise.Update<TLanes, TRule>(_rule, scalars, gradient, count, first, second, _parameters.Pointer + offset);
    }

    private void EvaluateShare(int thread)
    {
        (Split data, int first, int end, RowResults results) = _evaluation;
        RowPhase<TLanes, TActivation> phase = RowPhaseOver(_workspace);
        Span<int> rows = stackalloc int[EvaluationRows];
        (int from, int to) = Share.Of(end - first, thread, _crew.Size);
        for (int start = first + from; start < first + to; start += EvaluationRows)
        {
            int count = Math.Min(EvaluationRows, first + to - start);
            for (int k = 0; k < count; k++)
            {
                rows[k] = start + k;
            }
            phase.At(thread * EvaluationRows).Forward(data, rows[..count], 0, count, results, start);
        }
    }

    private RowPhase<TLanes, TActivation> RowPhaseOver(Workspace workspace) =>
        new(_layout, _parameters, _transposed, workspace, _activation, 0);

    private void Read(AlignedBuffer source, Span<float> destination)
    {
        EngineArguments.CheckLength(_setup, destination.Length);
        _layout.Unpack(source.Span, destination);
    }

    private void Write(ReadOnlySpan<float> source, AlignedBuffer destination)
    {
        EngineArguments.CheckLength(_setup, source.Length);
        _layout.Pack(source, destination.Span);
    }

    private readonly record struct TrainingTask(EpochPlan Plan, int First, int End, RowResults Results);

    private readonly record struct EvaluationTask(Split Data, int First, int End, RowResults Results);
}
