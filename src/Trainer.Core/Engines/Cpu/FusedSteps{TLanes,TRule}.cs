using Trainer.Formulas;
using Trainer.Networks;
using Trainer.Optimizers;

namespace Trainer.Engines.Cpu;

/// <summary>Steps in which each weight is updated as soon as its gradient is there: the fastest way, for networks whose rows
/// need nothing of one another and gradients that need nothing of one another.</summary>
/// <remarks>
/// A step has three phases with a barrier behind each, and threads claim the units of each from a <see cref="WorkQueue"/>:
/// panels of the first layer forward, from pixels (<see cref="InputPhase{TLanes}"/>); rows through the rest of
/// the network and back (<see cref="RowPhase{TLanes}"/>), which needs nothing of the other rows; weights,
/// whose gradient is summed over all rows, in order, and used up while it is still in the first cache (<see
/// cref="WeightPhase"/>). In the second phase of a step the images of the next one are fetched.
/// </remarks>
internal sealed unsafe class FusedSteps<TLanes, TRule> : ITrainingSteps
    where TLanes : struct, ILanes<TLanes>
    where TRule : struct, IUpdateRule
{
    private const int TileRows = 4;

    private readonly TrainingSetup _setup;
    private readonly CpuNetwork<TLanes> _network;
    private readonly TRule _rule;
    private readonly AlignedBuffer[] _state;
    private readonly AlignedBuffer[] _scratch;
    private readonly bool[] _gradientsFinite;
    private readonly ImageBatch[] _images;
    private readonly Workspace _workspace;
    private readonly ThreadTeam _team;
    private readonly SpinBarrier _barrier;
    private readonly int _threads;
    private readonly WorkQueue _inputUnits;
    private readonly WorkQueue _rowUnits;
    private readonly WorkQueue _weightUnits;
    private readonly Action<int> _job;
    private volatile bool _goOn;
    private TrainingTask _task;

    public FusedSteps(TrainingSetup setup, CpuNetwork<TLanes> network, TRule rule, AlignedBuffer[] state, ThreadTeam team, int threads)
    {
        (_setup, _network, _rule, _state, _team, _threads) = (setup, network, rule, state, team, threads);
        _scratch = [.. Enumerable.Range(0, threads).Select(_ => new AlignedBuffer(WeightPhase.ScratchLength))];
        _gradientsFinite = new bool[threads];
        _images = [NewBatch(), NewBatch()];
        _workspace = Workspace.ForTraining(network.Layout, network.Mlp, setup.BatchSize, drops: true);
        _inputUnits = new WorkQueue(threads);
        _rowUnits = new WorkQueue(threads);
        _weightUnits = new WorkQueue(threads);
        _barrier = new SpinBarrier(threads);
        _job = TrainShare;

        ImageBatch NewBatch() => new(network.First.Inputs, setup.BatchSize);
    }

    /// <summary>Whether all that <paramref name="setup"/> asks for can be done this way.</summary>
    public static bool Fit(TrainingSetup setup) =>
        setup.Network.BatchNorm is null && setup.Clipping?.Norm is null && setup.Regularization.MaxNorm is null
        && setup.Average is null && setup.RowsTogether == setup.BatchSize;

    /// <inheritdoc/>
    public void Train(EpochPlan plan, int first, int end, RowResults results, CancellationToken cancellation)
    {
        _task = new TrainingTask(plan, first, end, results, cancellation);
        _goOn = true;
        FillInputUnits(plan, first, end);
        _team.Run(_job, _threads);
    }

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
            images.Transpose(count, images.Words * thread / _threads, images.Words * (thread + 1) / _threads);
            _barrier.Wait();

            // One thread decides for all, between two barriers: if each asked for itself, one might wait for another that left.
            if (thread == 0)
            {
                _weightUnits.Fill(WeightPhase.FirstUnits(_network.First, count));
                _goOn = !cancellation.IsCancellationRequested;
            }
            PassRows(images.Labels[..count], thread, plan.FirstStep + step + 1, results, start, cancellation);
            Fetch(plan, step + 1, end, thread);
            _barrier.Wait();

            if (thread == 0)
            {
                FillInputUnits(plan, step + 1, end);
            }
            UpdateWeights(images, count, thread, plan.LearningRates[step], plan.FirstStep + step + 1, cancellation);
            _barrier.Wait();
        }
    }

    private void FillInputUnits(EpochPlan plan, int step, int end)
    {
        if (step < end)
        {
            _inputUnits.Fill(new InputPhase<TLanes>(_network, _threads).Units(plan.Rows(step).Count));
        }
    }

    /// <summary>The first phase.</summary>
    private void PassInputs(ImageBatch images, int count, int thread, CancellationToken cancellation)
    {
        var phase = new InputPhase<TLanes>(_network, _threads);
        bool all = _network.NeedsAllPixels;
        for (int unit; !cancellation.IsCancellationRequested && (unit = _inputUnits.Claim(thread)) >= 0;)
        {
            phase.Forward(images, count, unit, all, _workspace, activate: _network.Last > 0);
        }
    }

    /// <summary>The second phase.</summary>
    private void PassRows(
        ReadOnlySpan<byte> labels, int thread, long step, RowResults results, int position, CancellationToken cancellation)
    {
        var phase = new RowPhase<TLanes>(_network, _workspace);
        DropoutRows? dropout = _network.Dropout is { } mask ? new DropoutRows(mask, step, first: 0) : null;
        int together = RowsTogether(labels.Length);
        bool finite = true;
        for (int unit; !cancellation.IsCancellationRequested && (unit = _rowUnits.Claim(thread)) >= 0;)
        {
            int from = unit * together;
            int to = Math.Min(from + together, labels.Length);
            phase.Forward(labels, from, to, training: true, dropout, results, position);
            finite &= phase.Backward(labels, labels.Length, from, to);
        }
        _gradientsFinite[thread] = finite;
    }

    /// <summary>Rows of a unit of the second phase: at least a unit for each thread, of whole tiles, at most what the caches hold.</summary>
    private int RowsTogether(int count) => _threads == 1
        ? ImageBatch.Block
        : Math.Clamp(Units(Units(count, _threads), TileRows) * TileRows, TileRows, ImageBatch.Block);

    private static int Units(int rows, int together) => (rows + together - 1) / together;

    /// <summary>This thread's part of the images of a step, if there is such a step.</summary>
    private void Fetch(EpochPlan plan, int step, int end, int thread)
    {
        if (step < end)
        {
            (int from, int to) = Partition.Of(plan.Rows(step).Count, thread, _threads);
            _images[step & 1].Gather(_setup.Data.Train, plan.Batch(step), from, to);
        }
    }

    /// <summary>The third phase: later layers in equal parts, then units of the first.</summary>
    private void UpdateWeights(ImageBatch images, int rows, int thread, double lr, long step, CancellationToken cancellation)
    {
        float* scratch = _scratch[thread].Pointer;
        WeightUpdate<TLanes, TRule> update = Update(lr, step);
        foreach (PackedLayer layer in _network.Layers.AsSpan(1))
        {
            (int from, int to) = Partition.Of(layer.Inputs, thread, _threads);
            Panels x = _workspace.Outputs(layer.Index - 1);
            WeightPhase.Update(layer, x, _workspace, rows, from, to, scratch, null, ref update, cancellation);
            _network.Transposed(layer.Index).Copy(_network.Parameters.Pointer, from, to);
        }
        WeightUpdate<TLanes, TRule> first = Update(lr, step);
        bool all = _gradientsFinite.Contains(false);
        for (int unit; !cancellation.IsCancellationRequested && (unit = _weightUnits.Claim(thread)) >= 0;)
        {
            WeightPhase.UpdateFirst(_network.First, images, _workspace, rows, unit, all, scratch, null, ref first);
        }
        // Every weight is some thread's in every step. A step that is broken off leaves nothing that is good for anything.
        _network.WeightsFinite[thread] = first.AllFinite && !cancellation.IsCancellationRequested;
    }

    private WeightUpdate<TLanes, TRule> Update(double lr, long step) =>
        new(_rule, _rule.Scalars(lr, step), _network.Parameters.Pointer, new RuleStates(_state))
        {
            Weights = GradientShaping.Of(_setup, ParameterKind.Weight, lr),
            Others = GradientShaping.Of(_setup, ParameterKind.Bias, lr),
        };

    private readonly record struct TrainingTask(
        EpochPlan Plan, int First, int End, RowResults Results, CancellationToken Cancellation);
}
