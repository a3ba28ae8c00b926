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
    // Rows that a thread evaluates together: enough to use the weights well, few enough to stay in its cache; fewer where
    // many threads meet a wide network, so that their rows do not need gigabytes.
    private const int MostEvaluationRows = 64;
    private const int FewestEvaluationRows = 4;
    private const int EvaluationNumbers = 1 << 26;
    private const int BitsPerNumber = 32;

    // Rows that a thread takes forward and back before it looks whether it is to stop.
    private const int RowsTogether = 256;

    private readonly TrainingSetup _setup;
    private readonly TActivation _activation;
    private readonly TRule _rule;
    private readonly PackedLayout _layout;
    private readonly AlignedBuffer _parameters;
    private readonly AlignedBuffer[] _transposed;
    private readonly AlignedBuffer[] _state;
    private readonly AlignedBuffer[] _scratch;
    private readonly Workspace _workspace;
    private readonly ThreadTeam _team;
    private readonly SpinBarrier _barrier;
    private readonly Action<int> _trainJob;
    private readonly Action<int> _evaluateJob;
    private readonly int _evaluationRows;
    private volatile bool _goOn;
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
        int widest = Math.Max(_layout.Layers[0].InputStride, _layout.Layers.Max(layer => layer.Stride));
        _evaluationRows = (int)Math.Clamp(EvaluationNumbers / ((long)threads * widest), FewestEvaluationRows, MostEvaluationRows);
        _workspace = new Workspace(_layout, Math.Max(setup.BatchSize, threads * _evaluationRows));
        _team = new ThreadTeam(threads);
        _barrier = new SpinBarrier(threads);
        _trainJob = TrainShare;
        _evaluateJob = EvaluateShare;
    }

    /// <inheritdoc/>
    public string Description =>
        $"cpu, {_team.Size} {(_team.Size == 1 ? "thread" : "threads")}, {(TLanes.Count == 1 ? "no vectors" : $"{TLanes.Count * BitsPerNumber}-bit vectors")}";

    /// <inheritdoc/>
    public int StateCount => TRule.StateCount;

    /// <inheritdoc/>
    public void Train(EpochPlan plan, Range steps, RowResults results, CancellationToken cancellation)
    {
        (int first, int end) = EngineArguments.Check(_setup, plan, steps, results);
        _task = new TrainingTask(plan, first, end, results, cancellation);
        _goOn = true;
        _team.Run(_trainJob);
        cancellation.ThrowIfCancellationRequested();
    }

    /// <inheritdoc/>
    public void Evaluate(SplitName split, Range rows, RowResults results, CancellationToken cancellation)
    {
        (Split data, int first, int end) = EngineArguments.Check(_setup, split, rows, results);
        _evaluation = new EvaluationTask(data, first, end, results, cancellation);
        _team.Run(_evaluateJob);
        cancellation.ThrowIfCancellationRequested();
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
    public void Dispose() => _team.Dispose();

    private void TrainShare(int thread)
    {
        (EpochPlan plan, int first, int end, RowResults results, CancellationToken cancellation) = _task;
        Split train = _setup.Data.Train;
        RowPhase<TLanes, TActivation> phase = RowPhaseOver(_workspace);
        for (int step = first; step < end && _goOn; step++)
        {
            (int start, int count) = plan.Rows(step);
            ReadOnlySpan<int> rows = plan.Batch(step);
            (int from, int to) = Partition.Of(count, thread, _team.Size);
            for (int next; from < to && !cancellation.IsCancellationRequested; from = next)
            {
                next = Math.Min(from + RowsTogether, to);
                phase.Forward(train, rows, from, next, results, start);
                phase.Backward(train, rows, from, next);
            }
            _barrier.Wait();
            StepScalars scalars = _rule.Scalars(plan.LearningRates[step], plan.FirstStep + step + 1);
            foreach (PackedLayer layer in _layout.Layers)
            {
                UpdateShare(layer, thread, count, scalars, cancellation);
            }
            // One thread decides for all, between two barriers: if each asked for itself, one might wait for another that left.
            if (thread == 0)
            {
                _goOn = !cancellation.IsCancellationRequested;
            }
            _barrier.Wait();
        }
    }

    /// <summary>Gradient and update of this thread's rows of w_IO; the last thread takes the bias as well.</summary>
    private void UpdateShare(PackedLayer layer, int thread, int rows, StepScalars scalars, CancellationToken cancellation)
    {
        float* gradient = _scratch[thread].Pointer;
        (int from, int to) = Partition.Of(layer.Inputs, thread, _team.Size);
        for (int i = from; i < to && !cancellation.IsCancellationRequested; i += WeightPhase.ChunkRows)
        {
            int next = Math.Min(i + WeightPhase.ChunkRows, to);
            WeightPhase.Gradient<TLanes>(_workspace, layer, rows, i, next, gradient);
            Update(gradient, layer.Offset + i * layer.Stride, (next - i) * layer.Stride, scalars);
        }
        WeightPhase.Transpose(layer, _parameters.Pointer, from, to, _transposed[layer.Layer.Index].Pointer);
        if (thread == _team.Size - 1)
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
        (Split data, int first, int end, RowResults results, CancellationToken cancellation) = _evaluation;
        RowPhase<TLanes, TActivation> phase = RowPhaseOver(_workspace);
        Span<int> rows = stackalloc int[MostEvaluationRows];
        (int from, int to) = Partition.Of(end - first, thread, _team.Size);
        for (int start = first + from; start < first + to && !cancellation.IsCancellationRequested; start += _evaluationRows)
        {
            int count = Math.Min(_evaluationRows, first + to - start);
            for (int k = 0; k < count; k++)
            {
                rows[k] = start + k;
            }
            phase.At(thread * _evaluationRows).Forward(data, rows[..count], 0, count, results, start);
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

    private readonly record struct TrainingTask(
        EpochPlan Plan, int First, int End, RowResults Results, CancellationToken Cancellation);

    private readonly record struct EvaluationTask(
        Split Data, int First, int End, RowResults Results, CancellationToken Cancellation);
}
