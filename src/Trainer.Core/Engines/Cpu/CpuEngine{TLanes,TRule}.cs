using Trainer.Data;
using Trainer.Formulas;
using Trainer.Optimizers;

namespace Trainer.Engines.Cpu;

/// <summary>The processor engine for one vector width and one update rule.</summary>
/// <remarks>
/// A step has three phases with a barrier behind each, and threads claim the units of each from a <see cref="WorkQueue"/>:
/// panels of the first layer forward, from pixels (<see cref="InputPhase{TLanes}"/>); rows through the rest of
/// the network and back (<see cref="RowPhase{TLanes}"/>), which needs nothing of the other rows; weights,
/// whose gradient is summed over all rows, in order, and used up while it is still in the first cache (<see
/// cref="WeightPhase"/>). In the second phase of a step the images of the next one are fetched.
/// </remarks>
internal sealed unsafe class CpuEngine<TLanes, TRule> : IEngine
    where TLanes : struct, ILanes<TLanes>
    where TRule : struct, IUpdateRule
{
    private const int BitsPerNumber = 32;
    private const int TileRows = 4;

    private readonly TrainingSetup _setup;
    private readonly ActivationLoops<TLanes>[] _activations;
    private readonly TRule _rule;
    private readonly PackedLayout _layout;
    private readonly AlignedBuffer _parameters;
    private readonly TransposedWeights[] _transposed;
    private readonly AlignedBuffer[] _state;
    private readonly AlignedBuffer[] _scratch;
    private readonly bool[] _weightsFinite;
    private readonly bool[] _gradientsFinite;
    private readonly ImageBatch[] _images;
    private readonly Workspace _workspace;
    private readonly ThreadTeam _team;
    private readonly Evaluator<TLanes> _evaluator;
    private readonly SpinBarrier _barrier;
    private readonly int _trainingThreads;
    private readonly WorkQueue _inputUnits;
    private readonly WorkQueue _rowUnits;
    private readonly WorkQueue _weightUnits;
    private readonly Action<int> _trainJob;
    private volatile bool _goOn;
    private TrainingTask _task;

    public CpuEngine(TrainingSetup setup, TRule rule, int threads, int trainingThreads)
    {
        _setup = setup;
        _activations = [.. setup.Network.Activations.Select(ActivationLoops<TLanes>.Of)];
        _rule = rule;
        _layout = new PackedLayout(setup.Shape);
        _parameters = new AlignedBuffer(_layout.Length);
        _transposed = [.. _layout.Layers.Select(layer => new TransposedWeights(layer))];
        _state = [.. Enumerable.Range(0, TRule.StateCount).Select(_ => new AlignedBuffer(_layout.Length))];
        _scratch = [.. Enumerable.Range(0, threads).Select(_ => new AlignedBuffer(WeightPhase.ScratchLength))];
        _weightsFinite = new bool[threads];
        _gradientsFinite = new bool[threads];
        _images = [NewBatch(), NewBatch()];
        _workspace = new Workspace(_layout, setup.BatchSize);
        _team = new ThreadTeam(threads);
        _trainingThreads = trainingThreads;
        _inputUnits = new WorkQueue(_trainingThreads);
        _rowUnits = new WorkQueue(_trainingThreads);
        _weightUnits = new WorkQueue(_trainingThreads);
        _barrier = new SpinBarrier(_trainingThreads);
        _trainJob = TrainShare;
        _evaluator = new Evaluator<TLanes>(_layout, _parameters, _transposed, _activations, _team);

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
        cancellation.ThrowIfCancellationRequested();
        _task = new TrainingTask(plan, first, end, results, cancellation);
        _goOn = true;
        FillInputUnits(plan, first, end);
        _team.Run(_trainJob, _trainingThreads);
        cancellation.ThrowIfCancellationRequested();
    }

    /// <inheritdoc/>
    public void Evaluate(SplitName split, Range rows, RowResults results, CancellationToken cancellation)
    {
        (Split data, int first, int end) = EngineArguments.Check(_setup, split, rows, results);
        _evaluator.Evaluate(data, first, end, !AllTrue(_weightsFinite), results, cancellation);
        cancellation.ThrowIfCancellationRequested();
    }

    /// <inheritdoc/>
    public double Gradient(ReadOnlySpan<int> rows, Span<float> destination)
    {
        EngineArguments.CheckGradient(_setup, rows, destination.Length);
        Split data = _setup.Data.Train;
        var images = new ImageBatch(First.Inputs, rows.Length);
        var workspace = new Workspace(_layout, rows.Length);
        var results = new RowResults(rows.Length);
        var gradient = new AlignedBuffer(_layout.Length);
        images.Gather(data, rows, 0, rows.Length);
        images.Transpose(rows.Length, 0, images.Words);
        InputPhase<TLanes> inputs = InputPhaseFor(1);
        for (int unit = 0; unit < inputs.Units(rows.Length); unit++)
        {
            inputs.Forward(images, rows.Length, unit, !AllTrue(_weightsFinite), workspace, HasHiddenLayers);
        }
        RowPhase<TLanes> phase = RowPhaseOver(workspace);
        phase.Forward(images.Labels, 0, rows.Length, results, 0);
        bool finite = phase.Backward(images.Labels, rows.Length, 0, rows.Length);
        var keep = new WeightUpdate<TLanes, GradientOnly>(default, default, gradient.Pointer, new RuleStates([]));
        for (int unit = 0; unit < WeightPhase.FirstUnits(First, rows.Length); unit++)
        {
            WeightPhase.UpdateFirst(First, images, workspace, rows.Length, unit, !finite, _scratch[0].Pointer, ref keep);
        }
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
    public void ReadStatistics(Span<float> destination) => EngineArguments.CheckStatistics(_setup, destination.Length);

    /// <inheritdoc/>
    public void WriteStatistics(ReadOnlySpan<float> source) => EngineArguments.CheckStatistics(_setup, source.Length);

    /// <inheritdoc/>
    public void ReadAverage(Span<float> destination) => EngineArguments.CheckAverage(_setup, destination.Length);

    /// <inheritdoc/>
    public void WriteAverage(ReadOnlySpan<float> source) => EngineArguments.CheckAverage(_setup, source.Length);

    /// <inheritdoc/>
    public void Dispose() => _team.Dispose();

    private void TrainShare(int thread)
    {
        (EpochPlan plan, int first, int end, RowResults results, CancellationToken cancellation) = _task;
        Fetch(plan, first, end, thread);
        _barrier.Wait();
        for (int step = first; step < end && _goOn; step++)
        {
            (int start, int count) = plan.Rows(step);
            ImageBatch images = _images[step & 1];
            // One thread fills each queue while all are busy with another.
            if (thread == 0)
            {
                _rowUnits.Fill(Units(count, RowsTogether(count)));
            }
            PassInputs(images, count, thread, cancellation);
            images.Transpose(count, images.Words * thread / _trainingThreads, images.Words * (thread + 1) / _trainingThreads);
            _barrier.Wait();

            // One thread decides for all, between two barriers: if each asked for itself, one might wait for another that left.
            if (thread == 0)
            {
                _weightUnits.Fill(WeightPhase.FirstUnits(First, count));
                _goOn = !cancellation.IsCancellationRequested;
            }
            PassRows(images.Labels[..count], thread, results, start, cancellation);
            Fetch(plan, step + 1, end, thread);
            _barrier.Wait();

            if (thread == 0)
            {
                FillInputUnits(plan, step + 1, end);
            }
            UpdateWeights(images, count, thread, _rule.Scalars(plan.LearningRates[step], plan.FirstStep + step + 1), cancellation);
            _barrier.Wait();
        }
    }

    private void FillInputUnits(EpochPlan plan, int step, int end)
    {
        if (step < end)
        {
            _inputUnits.Fill(InputPhaseFor(_trainingThreads).Units(plan.Rows(step).Count));
        }
    }

    /// <summary>The first phase.</summary>
    private void PassInputs(ImageBatch images, int count, int thread, CancellationToken cancellation)
    {
        InputPhase<TLanes> phase = InputPhaseFor(_trainingThreads);
        bool all = !AllTrue(_weightsFinite.AsSpan(0, _trainingThreads));
        for (int unit; !cancellation.IsCancellationRequested && (unit = _inputUnits.Claim(thread)) >= 0;)
        {
            phase.Forward(images, count, unit, all, _workspace, HasHiddenLayers);
        }
    }

    /// <summary>The second phase.</summary>
    private void PassRows(ReadOnlySpan<byte> labels, int thread, RowResults results, int position, CancellationToken cancellation)
    {
        RowPhase<TLanes> phase = RowPhaseOver(_workspace);
        int together = RowsTogether(labels.Length);
        bool finite = true;
        for (int unit; !cancellation.IsCancellationRequested && (unit = _rowUnits.Claim(thread)) >= 0;)
        {
            int from = unit * together;
            int to = Math.Min(from + together, labels.Length);
            phase.Forward(labels, from, to, results, position);
            finite &= phase.Backward(labels, labels.Length, from, to);
        }
        _gradientsFinite[thread] = finite;
    }

    /// <summary>Rows of a unit of the second phase: at least a unit for each thread, of whole tiles, at most what the caches hold.</summary>
    private int RowsTogether(int count) => _trainingThreads == 1
        ? ImageBatch.Block
        : Math.Clamp(Units(Units(count, _trainingThreads), TileRows) * TileRows, TileRows, ImageBatch.Block);

    private static int Units(int rows, int together) => (rows + together - 1) / together;

    /// <summary>This thread's part of the images of a step, if there is such a step.</summary>
    private void Fetch(EpochPlan plan, int step, int end, int thread)
    {
        if (step < end)
        {
            (int from, int to) = Partition.Of(plan.Rows(step).Count, thread, _trainingThreads);
            _images[step & 1].Gather(_setup.Data.Train, plan.Batch(step), from, to);
        }
    }

    /// <summary>The third phase: later layers in equal parts, then units of the first.</summary>
    private void UpdateWeights(ImageBatch images, int rows, int thread, StepScalars scalars, CancellationToken cancellation)
    {
        float* scratch = _scratch[thread].Pointer;
        WeightUpdate<TLanes, TRule> update = Update(scalars);
        foreach (PackedLayer layer in _layout.Layers.AsSpan(1))
        {
            (int from, int to) = Partition.Of(layer.Inputs, thread, _trainingThreads);
            WeightPhase.Update(layer, _workspace, rows, from, to, scratch, ref update, cancellation);
            _transposed[layer.Index].Copy(_parameters.Pointer, from, to);
        }
        WeightUpdate<TLanes, TRule> first = Update(scalars);
        bool all = !AllTrue(_gradientsFinite.AsSpan(0, _trainingThreads));
        for (int unit; !cancellation.IsCancellationRequested && (unit = _weightUnits.Claim(thread)) >= 0;)
        {
            WeightPhase.UpdateFirst(First, images, _workspace, rows, unit, all, scratch, ref first);
        }
        // Every weight is some thread's in every step. A step that is broken off leaves nothing that is good for anything.
        _weightsFinite[thread] = first.AllFinite && !cancellation.IsCancellationRequested;
    }

    private WeightUpdate<TLanes, TRule> Update(StepScalars scalars) =>
        new(_rule, scalars, _parameters.Pointer, new RuleStates(_state));

    private static bool AllTrue(ReadOnlySpan<bool> values) => !values.Contains(false);

    private InputPhase<TLanes> InputPhaseFor(int threads) => new(First, _parameters, _activations.FirstOrDefault(), threads);

    private RowPhase<TLanes> RowPhaseOver(Workspace workspace) =>
        new(_layout, _parameters, _transposed, workspace, _activations);

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
}
