using Trainer.Activations;
using Trainer.Data;
using Trainer.Formulas;
using Trainer.Optimizers;

namespace Trainer.Engines.Cpu;

/// <summary>The processor engine for one vector width, one activation and one update rule.</summary>
/// <remarks>
/// A step has three phases. Every thread takes some outputs of the first layer forward, from pixels (<see
/// cref="InputPhase{TLanes, TActivation}"/>); then some rows through the rest of the network and back (<see
/// cref="RowPhase{TLanes, TActivation}"/>), which needs nothing of the other rows; then some of the weights, whose gradient
/// it sums over all rows, in order, and uses up while it is still in its cache (<see cref="WeightPhase"/>). A barrier
/// stands behind the first and the second. One behind the third is needed only where threads do not divide the first
/// layer's panels: else what a thread reads next of the first layer it has written itself.
/// The images of step s + 1 are fetched in the second phase of step s: not in the first, when another thread may still be
/// in the third of step s − 1 and read what lay there before.
/// </remarks>
internal sealed unsafe class CpuEngine<TLanes, TActivation, TRule> : IEngine
    where TLanes : struct, ILanes<TLanes>
    where TActivation : struct, IActivationFormula
    where TRule : struct, IUpdateRule
{
    private const int BitsPerNumber = 32;

    private readonly TrainingSetup _setup;
    private readonly TActivation _activation;
    private readonly TRule _rule;
    private readonly PackedLayout _layout;
    private readonly AlignedBuffer _parameters;
    private readonly TransposedWeights[] _transposed;
    private readonly AlignedBuffer[] _state;
    private readonly AlignedBuffer[] _scratch;
    private readonly bool[] _weightsFinite;
    private readonly bool[] _gradientsFinite;
    private readonly ImageBatch[] _images;
    private readonly Workspace[] _workspaces;
    private readonly EvaluationRoom[] _evaluationRooms;
    private readonly ThreadTeam _team;
    private readonly SpinBarrier _barrier;
    private readonly int _trainingThreads;
    private readonly bool _wholePanels;
    private readonly Action<int> _trainJob;
    private readonly Action<int> _evaluateJob;
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
        _transposed = [.. _layout.Layers.Select(layer => new TransposedWeights(layer))];
        _state = [.. Enumerable.Range(0, TRule.StateCount).Select(_ => new AlignedBuffer(_layout.Length))];
        _scratch = [.. Enumerable.Range(0, threads).Select(_ => new AlignedBuffer(WeightPhase.ScratchLength))];
        _weightsFinite = new bool[threads];
        _gradientsFinite = new bool[threads];
        _images = [NewBatch(), NewBatch()];
        var workspace = new Workspace(_layout, setup.BatchSize);
        _workspaces = [workspace, workspace.WithOwnFirstActivations()];
        int evaluationRows = EvaluationRoom.RowsFor(_layout, threads);
        _evaluationRooms = [.. Enumerable.Range(0, threads).Select(_ => new EvaluationRoom(_layout, evaluationRows))];
        _team = new ThreadTeam(threads);
        _trainingThreads = ThreadCount.For(setup.Shape, setup.BatchSize, threads);
        _wholePanels = PanelShare.HasWholePanels(First.PaddedOutputs, _trainingThreads);
        _barrier = new SpinBarrier(_trainingThreads);
        _trainJob = TrainShare;
        _evaluateJob = EvaluateShare;

        ImageBatch NewBatch() => new(First.Inputs, setup.BatchSize);
    }

    /// <inheritdoc/>
    public string Description =>
        $"cpu, {_team.Size} {(_team.Size == 1 ? "thread" : "threads")}, {(TLanes.Count == 1 ? "no vectors" : $"{TLanes.Count * BitsPerNumber}-bit vectors")}";

    /// <inheritdoc/>
    public int StateCount => TRule.StateCount;

    private PackedLayer First => _layout.Layers[0];

    private bool HasHiddenLayers => _layout.Layers.Length > 1;

    /// <inheritdoc/>
    public void Train(EpochPlan plan, Range steps, RowResults results, CancellationToken cancellation)
    {
        (int first, int end) = EngineArguments.Check(_setup, plan, steps, results);
        _task = new TrainingTask(plan, first, end, results, cancellation);
        _goOn = true;
        _team.Run(_trainJob, _trainingThreads);
        cancellation.ThrowIfCancellationRequested();
    }

    /// <inheritdoc/>
    public void Evaluate(SplitName split, Range rows, RowResults results, CancellationToken cancellation)
    {
        (Split data, int first, int end) = EngineArguments.Check(_setup, split, rows, results);
        _evaluation = new EvaluationTask(data, first, end, results, cancellation);
        _team.Run(_evaluateJob, _team.Size);
        cancellation.ThrowIfCancellationRequested();
    }

    /// <inheritdoc/>
    public double Gradient(ReadOnlySpan<int> rows, Span<float> destination)
    {
        EngineArguments.CheckLength(_setup, destination.Length);
        Split data = _setup.Data.Train;
        var images = new ImageBatch(First.Inputs, rows.Length);
        var workspace = new Workspace(_layout, rows.Length);
        var results = new RowResults(rows.Length);
        var gradient = new AlignedBuffer(_layout.Length);
        images.Gather(data, rows, 0, rows.Length);
        images.Transpose(rows.Length, 0, images.Words);
        InputPhase().Forward(
            images, PanelShare.Whole(First.PaddedOutputs, rows.Length), !AllTrue(_weightsFinite), workspace, HasHiddenLayers, default);
        RowPhase<TLanes, TActivation> phase = RowPhaseOver(workspace);
        phase.Forward(images.Labels, 0, rows.Length, results, 0);
        bool finite = phase.Backward(images.Labels, rows.Length, 0, rows.Length);
        var keep = new WeightUpdate<TLanes, GradientOnly>(default, default, gradient.Pointer, null, null);
        WeightPhase.UpdateFirst(
            First, images, workspace, rows.Length, PanelShare.Whole(First.PaddedOutputs, First.Inputs), !finite,
            _scratch[0].Pointer, ref keep, default);
        foreach (PackedLayer layer in _layout.Layers.AsSpan(1))
        {
            WeightPhase.Update(layer, workspace, rows.Length, 0, layer.Inputs, _scratch[0].Pointer, ref keep, default);
        }
        _layout.Unpack(gradient, destination);
        return results.Summarize(data, rows).Loss;
    }

    /// <inheritdoc/>
    public void ReadParameters(Span<float> destination) => Read(_parameters, destination);

    /// <inheritdoc/>
    public void WriteParameters(ReadOnlySpan<float> source)
    {
        Write(source, _parameters);
        Array.Fill(_weightsFinite, Elementwise.AllFinite<TLanes>(_parameters.Pointer + First.Offset, First.End - First.Offset));
        foreach (TransposedWeights transposed in _transposed)
        {
            transposed.CopyAll(_parameters.Pointer);
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
        InputPhase<TLanes, TActivation> inputs = InputPhase();
        Fetch(plan, first, end, thread);
        _barrier.Wait();
        for (int step = first; step < end && _goOn; step++)
        {
            (int start, int count) = plan.Rows(step);
            Workspace workspace = _workspaces[step & 1];
            ImageBatch images = _images[step & 1];
            var share = new PanelShare(First.PaddedOutputs, count, thread, _trainingThreads);
            inputs.Forward(images, share, !WeightsFinite(thread), workspace, HasHiddenLayers, cancellation);
            images.Transpose(count, images.Words * thread / _trainingThreads, images.Words * (thread + 1) / _trainingThreads);
            _barrier.Wait();

            _gradientsFinite[thread] = PassRows(images.Labels[..count], thread, workspace, results, start, cancellation);
            Fetch(plan, step + 1, end, thread);
            // One thread decides for all, between two barriers: if each asked for itself, one might wait for another that left.
            if (thread == 0)
            {
                _goOn = !cancellation.IsCancellationRequested;
            }
            _barrier.Wait();

            StepScalars scalars = _rule.Scalars(plan.LearningRates[step], plan.FirstStep + step + 1);
            UpdateShare(images, workspace, count, thread, scalars, cancellation);
            if (!_wholePanels)
            {
                _barrier.Wait();
            }
        }

        bool PassRows(
            ReadOnlySpan<byte> labels, int thread, Workspace workspace, RowResults results, int position, CancellationToken cancellation)
        {
            RowPhase<TLanes, TActivation> phase = RowPhaseOver(workspace);
            bool finite = true;
            (int from, int to) = Partition.Of(labels.Length, thread, _trainingThreads);
            for (int next; from < to && !cancellation.IsCancellationRequested; from = next)
            {
                next = Math.Min(from + ImageBatch.Block, to);
                phase.Forward(labels, from, next, results, position);
                finite &= phase.Backward(labels, labels.Length, from, next);
            }
            return finite;
        }
    }

    /// <summary>This thread's part of the images of a step, if there is such a step.</summary>
    private void Fetch(EpochPlan plan, int step, int end, int thread)
    {
        if (step < end)
        {
            (int from, int to) = Partition.Of(plan.Rows(step).Count, thread, _trainingThreads);
            _images[step & 1].Gather(_setup.Data.Train, plan.Batch(step), from, to);
        }
    }

    /// <summary>Gradient and update of this thread's weights.</summary>
    private void UpdateShare(
        ImageBatch images, Workspace workspace, int rows, int thread, StepScalars scalars, CancellationToken cancellation)
    {
        float* scratch = _scratch[thread].Pointer;
        WeightUpdate<TLanes, TRule> update = Update(scalars);
        foreach (PackedLayer layer in _layout.Layers.AsSpan(1))
        {
            (int from, int to) = Partition.Of(layer.Inputs, thread, _trainingThreads);
            WeightPhase.Update(layer, workspace, rows, from, to, scratch, ref update, cancellation);
            _transposed[layer.Index].Copy(_parameters.Pointer, from, to);
        }
        WeightUpdate<TLanes, TRule> first = Update(scalars);
        var share = new PanelShare(First.PaddedOutputs, First.Inputs, thread, _trainingThreads);
        WeightPhase.UpdateFirst(
            First, images, workspace, rows, share, !AllTrue(_gradientsFinite.AsSpan(0, _trainingThreads)), scratch, ref first, cancellation);
        _weightsFinite[thread] = first.AllFinite;
    }

    private WeightUpdate<TLanes, TRule> Update(StepScalars scalars) => new(
        _rule,
        scalars,
        _parameters.Pointer,
        TRule.StateCount > 0 ? _state[0].Pointer : null,
        TRule.StateCount > 1 ? _state[1].Pointer : null);

    /// <summary>Whether the first layer's weights that this thread reads are; those of others may be changing.</summary>
    private bool WeightsFinite(int thread) => _wholePanels ? _weightsFinite[thread] : AllTrue(_weightsFinite.AsSpan(0, _trainingThreads));

    private static bool AllTrue(ReadOnlySpan<bool> values) => !values.Contains(false);

    private void EvaluateShare(int thread)
    {
        (Split data, int first, int end, RowResults results, CancellationToken cancellation) = _evaluation;
        EvaluationRoom room = _evaluationRooms[thread];
        InputPhase<TLanes, TActivation> inputs = InputPhase();
        RowPhase<TLanes, TActivation> phase = RowPhaseOver(room.Workspace);
        bool finite = AllTrue(_weightsFinite);
        (int from, int to) = Partition.Of(end - first, thread, _team.Size);
        for (int start = first + from; start < first + to && !cancellation.IsCancellationRequested; start += room.Rows.Length)
        {
            int count = Math.Min(room.Rows.Length, first + to - start);
            Span<int> rows = room.Rows.AsSpan(0, count);
            for (int k = 0; k < count; k++)
            {
                rows[k] = start + k;
            }
            room.Images.Gather(data, rows, 0, count);
            inputs.Forward(
                room.Images, PanelShare.Whole(First.PaddedOutputs, count), !finite, room.Workspace, HasHiddenLayers, cancellation);
            phase.Forward(room.Images.Labels, 0, count, results, start);
        }
    }

    private InputPhase<TLanes, TActivation> InputPhase() => new(First, _parameters, _activation);

    private RowPhase<TLanes, TActivation> RowPhaseOver(Workspace workspace) =>
        new(_layout, _parameters, _transposed, workspace, _activation);

    private void Read(AlignedBuffer source, Span<float> destination)
    {
        EngineArguments.CheckLength(_setup, destination.Length);
        _layout.Unpack(source, destination);
    }

    private void Write(ReadOnlySpan<float> source, AlignedBuffer destination)
    {
        EngineArguments.CheckLength(_setup, source.Length);
        _layout.Pack(source, destination);
    }

    private readonly record struct TrainingTask(
        EpochPlan Plan, int First, int End, RowResults Results, CancellationToken Cancellation);

    private readonly record struct EvaluationTask(
        Split Data, int First, int End, RowResults Results, CancellationToken Cancellation);
}
