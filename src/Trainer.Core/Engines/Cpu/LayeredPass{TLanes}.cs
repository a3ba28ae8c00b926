using Trainer.Formulas;

namespace Trainer.Engines.Cpu;

/// <summary>
/// Rows forward and back, and the gradient of all parameters into one vector: for any network, on any number of threads. Where
/// there is a batch normalisation, threads meet behind every layer: rows are shared for what each row does by itself, panels of
/// units for what each unit does over all rows.
/// </summary>
internal sealed unsafe class LayeredPass<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    private readonly CpuNetwork<TLanes> _network;
    private readonly SpinBarrier _barrier;
    private readonly int _threads;
    private readonly Workspace _workspace;
    private readonly ImageBatch _images;
    private readonly Lazy<AlignedBuffer> _inputs;
    private readonly byte[] _labels;
    private readonly bool[] _finite;
    private readonly AlignedBuffer[] _scratch;
    private readonly bool _normalizes;

    /// <summary>Room for passes.</summary>
    /// <param name="network">The network.</param>
    /// <param name="rows">Most rows of a pass.</param>
    /// <param name="drops">Whether units may be left out.</param>
    /// <param name="threads">How many threads share a pass.</param>
    /// <param name="barrier">Where they meet.</param>
    public LayeredPass(CpuNetwork<TLanes> network, int rows, bool drops, int threads, SpinBarrier barrier)
    {
        (_network, _threads, _barrier) = (network, threads, barrier);
        _workspace = Workspace.ForTraining(network.Layout, network.Mlp, rows, drops);
        _images = new ImageBatch(network.First.Inputs, rows);
        _inputs = new Lazy<AlignedBuffer>(() => new AlignedBuffer((long)rows * network.First.PaddedInputs));
        _labels = new byte[rows];
        _finite = new bool[threads];
        _scratch = [.. Enumerable.Range(0, threads).Select(_ => new AlignedBuffer(WeightPhase.ScratchLength))];
        _normalizes = network.Mlp.BatchNorm is not null && network.Last > 0;
        Gradient = new AlignedBuffer(network.Layout.Length);
    }

    /// <summary>The gradient of the last pass, in the engine's order.</summary>
    public AlignedBuffer Gradient { get; }

    /// <summary>x_BI of inputs that were prepared.</summary>
    private Panels Inputs => new(_inputs.Value.Pointer, _workspace.Rows, _network.First.PaddedInputs);

    /// <summary>A thread's share of a pass; all threads have to call it. The gradient is whole once they have met again.</summary>
    public void Run(in PassTask task, int thread)
    {
        int count = task.Rows.Length;
        (int from, int to) = Partition.Of(count, thread, _threads);
        PassInputs(task, thread, from, to);
        if (_normalizes)
        {
            PassNormalized(task, thread, from, to);
            _finite[thread] = new RowPhase<TLanes>(_network, _workspace).IsFinite(from, to);
        }
        else
        {
            var rows = new RowPhase<TLanes>(_network, _workspace);
            rows.Forward(_labels, from, to, training: true, task.Dropout, task.Results, task.Position);
            _finite[thread] = rows.Backward(_labels, task.BatchRows, from, to);
        }
        _barrier.Wait();
        SumGradient(task, thread);
    }

    /// <summary>z of the first layer, and a unless it is normalised first.</summary>
    private void PassInputs(in PassTask task, int thread, int from, int to)
    {
        bool activates = _network.Last > 0 && !_normalizes;
        ReadOnlySpan<int> rows = task.Rows.Span;
        for (int b = from; b < to; b++)
        {
            _labels[b] = task.Data.Label(rows[b]);
        }
        if (task.Inputs is { } inputs)
        {
            var phase = new RowPhase<TLanes>(_network, _workspace);
            for (int b = from; b < to; b++)
            {
                CopyInput(inputs.Row(task.Position + b), b);
            }
            for (int panel = 0; panel < _network.First.PanelCount; panel++)
            {
                phase.Dense(_network.First, Inputs, panel, from, to);
                if (activates)
                {
                    phase.Finish(0, panel, from, to, normalizes: false, dropout: null);
                }
            }
            _barrier.Wait();
            return;
        }
        _images.Gather(task.Data, rows, from, to);
        _barrier.Wait();
        _images.Transpose(rows.Length, _images.Words * thread / _threads, _images.Words * (thread + 1) / _threads);
        var units = new InputPhase<TLanes>(_network, _threads);
        for (int unit = thread; unit < units.Units(rows.Length); unit += _threads)
        {
            units.Forward(_images, rows.Length, unit, _network.NeedsAllPixels, _workspace, activates);
        }
        _barrier.Wait();
    }

    private void CopyInput(ReadOnlySpan<float> input, int row)
    {
        for (int panel = 0; panel < Inputs.Count; panel++)
        {
            int column = panel * Panels.Width;
            input[column..Math.Min(column + Panels.Width, input.Length)].CopyTo(new Span<float>(Inputs.Row(panel, row), Panels.Width));
        }
    }

    /// <summary>From the first layer's z to the loss and back, layer by layer.</summary>
    private void PassNormalized(in PassTask task, int thread, int from, int to)
    {
        var rows = new RowPhase<TLanes>(_network, _workspace);
        for (int l = 0; l < _network.Last; l++)
        {
            for (int panel = thread; panel < _network.Layers[l].PanelCount; panel += _threads)
            {
                NormalizeForward(task, l, panel);
            }
            _barrier.Wait();
            PackedLayer next = _network.Layers[l + 1];
            for (int panel = 0; panel < next.PanelCount; panel++)
            {
                rows.Dense(next, _workspace.Outputs(l), panel, from, to);
            }
            if (l + 1 == _network.Last)
            {
                rows.Loss(_labels, from, to, training: true, task.Results, task.Position);
                rows.LossBackward(_labels, task.BatchRows, from, to);
            }
            else
            {
                _barrier.Wait();
            }
        }
        for (int l = _network.Last; l > 0; l--)
        {
            PackedLayer before = _network.Layers[l - 1];
            for (int panel = 0; panel < before.PanelCount; panel++)
            {
                rows.InputGradient(_network.Layers[l], panel, from, to);
            }
            _barrier.Wait();
            for (int panel = thread; panel < before.PanelCount; panel += _threads)
            {
                rows.Differentiate(l - 1, panel, 0, task.Rows.Length);
                NormalizeBackward(task, l - 1, panel);
            }
            _barrier.Wait();
        }
    }

    /// <summary>From z of a panel of units to what the next layer reads.</summary>
    private void NormalizeForward(in PassTask task, int l, int panel)
    {
        PackedLayer layer = _network.Layers[l];
        ColumnStatistics statistics = _network.Statistics(l);
        int rows = task.Rows.Length;
        int column = panel * Panels.Width;
        int width = layer.WidthOf(panel);
        float* z = _workspace.Z(l).Row(panel, 0);
        float* mean = statistics.Mean.Pointer + column;
        float* squares = statistics.Squares.Pointer + column;
        float* r = statistics.InverseDeviation.Pointer + column;
        NormalizationLoops.Statistics<TLanes>(z, width, rows, width, mean, squares);
        NormalizationLoops.Invert<TLanes>(squares, rows, width, _network.Mlp.BatchNorm!.Eps, r);
        if (task.MovesStatistics)
        {
            double momentum = _network.Mlp.BatchNorm.Momentum;
            NormalizationLoops.Run<TLanes>(mean, 1, width, momentum, statistics.RunningMean.Pointer + column);
            NormalizationLoops.Run<TLanes>(squares, rows - 1, width, momentum, statistics.RunningVariance.Pointer + column);
        }
        float* parameters = _network.Parameters.Pointer;
        float* y = _workspace.Y(l).Row(panel, 0);
        NormalizationLoops.Forward<TLanes>(
            z, width, rows, width, mean, r, parameters + layer.ScaleOffset + column, parameters + layer.ShiftOffset + column,
            _workspace.Normal(l).Row(panel, 0), y);
        _network.Activations[l].Activate(y, rows * width, _workspace.A(l).Row(panel, 0));
        task.Dropout?.Apply<TLanes>(_workspace, l, panel, 0, rows);
    }

    private void NormalizeBackward(in PassTask task, int l, int panel)
    {
        PackedLayer layer = _network.Layers[l];
        int column = panel * Panels.Width;
        int width = layer.WidthOf(panel);
        NormalizationLoops.Backward<TLanes>(
            _workspace.Dz(l).Row(panel, 0), width, task.Rows.Length, width, _workspace.Normal(l).Row(panel, 0),
            _network.Statistics(l).InverseDeviation.Pointer + column, _network.Parameters.Pointer + layer.ScaleOffset + column,
            Gradient.Pointer + layer.ScaleOffset + column, Gradient.Pointer + layer.ShiftOffset + column);
    }

    private void SumGradient(in PassTask task, int thread)
    {
        int rows = task.Rows.Length;
        float* scratch = _scratch[thread].Pointer;
        float* sums = task.Continues ? Gradient.Pointer : null;
        var keep = new WeightUpdate<TLanes, GradientOnly>(default, default, Gradient.Pointer, new RuleStates([]));
        foreach (PackedLayer layer in _network.Layers)
        {
            if (layer.Index == 0 && task.Inputs is null)
            {
                continue;
            }
            Panels x = layer.Index == 0 ? Inputs : _workspace.Outputs(layer.Index - 1);
            (int from, int to) = Partition.Of(layer.Inputs, thread, _threads);
            WeightPhase.Update(layer, x, _workspace, rows, from, to, scratch, sums, ref keep, default);
        }
        bool all = _finite.Contains(false);
        for (int unit = thread; task.Inputs is null && unit < WeightPhase.FirstUnits(_network.First, rows); unit += _threads)
        {
            WeightPhase.UpdateFirst(_network.First, _images, _workspace, rows, unit, all, scratch, sums, ref keep);
        }
    }
}
