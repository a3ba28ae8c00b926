using Trainer.Engines.Gpu.Drivers;
using Trainer.Engines.Gpu.Kernels;
using Trainer.Engines.Gpu.Tracing;
using Trainer.Networks;
using Trainer.Optimizers;

namespace Trainer.Engines.Gpu;

/// <summary>The launches that make a pass, bound to where its numbers lie. They are the same for every step: a step with an
/// even number reads <c>control[0]</c>, one with an odd number <c>control[1]</c>, and both are made here.</summary>
/// <param name="queue">The device.</param>
/// <param name="weights">The networks.</param>
/// <param name="formulas">Their kernels.</param>
/// <param name="room">Where what they compute lies.</param>
/// <param name="rows">The rows.</param>
/// <param name="control">Which rows are in a step: <see cref="GpuRows.Control"/>, or that of portions.</param>
/// <param name="images">The image set that the rows are from.</param>
/// <param name="batch">Rows of a step.</param>
/// <param name="kind">What they pass for.</param>
/// <param name="arrangement">How the kernels are arranged.</param>
internal sealed class GpuLaunches(
    IGpuQueue queue, GpuWeights weights, GpuFormulas formulas, GpuRoom room, GpuRows rows, GpuBuffer control, GpuImages images, int batch,
    GpuPassKind kind, GpuArrangement arrangement)
    : IDisposable
{
    private static readonly int GatheringThreads = KernelSource.Number("GATHER_THREADS");
    private static readonly int LossThreads = KernelSource.Number("LOSS_THREADS");

    private readonly List<GpuLaunch> _all = [];
    private readonly MlpShape _shape = weights.Shape;
    private readonly int _units = weights.Shape.Units();

    // Whether an activation has a kernel of its own.
    private readonly bool _separate =
        formulas.Features.IsNormalized || (formulas.Features.IsDropped && kind == GpuPassKind.Training);

    private readonly bool _rowsPass =
        formulas.MayPassRows && arrangement.RowsPass != false && Gpu.RowsPass.Fits(weights.Shape, queue);

    private readonly HiddenLaunches _hidden = new(weights, formulas, room, control, batch, kind);

    private int GatheredRows => room.Steps * batch;

    /// <summary>Gathers the rows of the next <paramref name="steps"/> steps.</summary>
    public GpuLaunch Gather(int parity, int steps) => Prepare(
        "gather", new LaunchSize(steps * batch, 1, weights.Networks, GatheringThreads),
        control, parity, batch, steps, images.Pixels, rows.Images, rows.Capacity, _shape.Inputs, room.X, GatheredRows);

    /// <summary>The same where the host prepared what they are.</summary>
    /// <param name="parity">The first step's.</param>
    /// <param name="steps">How many steps.</param>
    /// <param name="inputs">(networks, rows, inputs).</param>
    /// <param name="capacity">Rows of a network in it.</param>
    public GpuLaunch GatherPrepared(int parity, int steps, GpuBuffer inputs, int capacity) => Prepare(
        "gather_prepared", new LaunchSize(steps * batch, 1, weights.Networks, GatheringThreads),
        control, parity, batch, steps, inputs, capacity, _shape.Inputs, room.X, GatheredRows);

    /// <summary>All launches from the gathered rows to the gradients to all pre-activations.</summary>
    /// <param name="parity">The step's.</param>
    /// <param name="gradient">Receives the gradients of normalisations, in the layout of the parameters.</param>
    public IEnumerable<GpuLaunch> Pass(int parity, GpuBuffer gradient) => _rowsPass
        ? [Forward(parity, _shape.Layers[0]), RowsPass(parity)]
        : [.. Forward(parity, backward: true), .. Backward(parity, gradient)];

    /// <summary>Behind <see cref="Pass"/>: gradients of weights and biases, and what a rule makes of them.</summary>
    /// <param name="parity">The step's.</param>
    /// <param name="rule">The rule in the names of kernels.</param>
    /// <param name="parameters">What it changes.</param>
    /// <param name="scalars">What the rule takes for each step, (networks, steps, <see cref="StepScalars.Count"/>).</param>
    public GpuLaunch Update(int parity, string rule, GpuBuffer parameters, GpuBuffer scalars) => Prepare(
        $"update_{rule}", new LaunchSize(GpuWeights.UpdateGroups(_shape), 1, weights.Networks, GpuTiling.Update.Threads),
        control, parity, batch, weights.Layers, _shape.Layers.Count, _units, room.X, GatheredRows, room.Outputs, room.Dz,
        parameters, weights.States[0], weights.States[1], weights.States[2], _shape.ParameterCount, scalars, StepScalars.Count * rows.Capacity,
        weights.RuleConstants, formulas.RuleConstants.Count);

    /// <summary>The layers one after another, then the loss; with <paramref name="backward"/> its gradient to the outputs too.</summary>
    public IEnumerable<GpuLaunch> Forward(int parity, bool backward)
    {
        foreach (DenseLayer layer in _shape.Layers)
        {
            yield return Forward(parity, layer);
            if (_separate && layer.Index < _shape.Layers.Count - 1)
            {
                foreach (HiddenLaunches.Kernel kernel in _hidden.Forward(parity, layer))
                {
                    yield return Prepare(kernel.Name, kernel.Size, kernel.Arguments);
                }
            }
        }
        yield return Prepare(
            kind == GpuPassKind.Evaluation ? formulas.Features.MeasuredLoss : formulas.Features.Loss,
            new LaunchSize((batch + LossThreads - 1) / LossThreads, 1, weights.Networks, LossThreads),
            control, parity, batch, images.Labels, rows.Images, rows.Capacity, _shape.Outputs, _units,
            _shape.UnitsBefore(_shape.Layers.Count - 1), room.Z, room.A, room.Dz, backward ? 1 : 0,
            rows.Losses, rows.Predictions, rows.Capacity, weights.Constants.Targets);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (GpuLaunch launch in _all)
        {
            launch.Dispose();
        }
    }

    private GpuLaunch Forward(int parity, DenseLayer layer)
    {
        bool isLast = layer.Index == _shape.Layers.Count - 1;
        GpuTiling tiles = Tiling(layer.Outputs);
        (int down, int across) = tiles.Cover(batch, layer.Outputs);
        int constants = isLast ? 0 : layer.Index;
        return Prepare(
            $"forward_{tiles.Name}_{(isLast || _separate ? FormulaCatalog.Linear : formulas.Activations[layer.Index])}",
            new LaunchSize(down, across, weights.Networks, tiles.Threads),
            control, parity, batch, room.X, GatheredRows, weights.Parameters, _shape.ParameterCount, layer.WeightOffset,
            layer.Index, layer.Inputs, layer.Outputs, _units, _shape.UnitsBefore(layer.Index), room.Z, room.Outputs,
            weights.ActivationConstants[constants], formulas.ActivationConstants(constants).Count);
    }

    /// <summary>Rows through all layers behind the first, and back.</summary>
    private GpuLaunch RowsPass(int parity) => Prepare(
        $"pass_rows_{formulas.Activations[0]}",
        new LaunchSize((batch + Gpu.RowsPass.Rows - 1) / Gpu.RowsPass.Rows, 1, weights.Networks, Gpu.RowsPass.Threads),
        control, parity, batch, images.Labels, rows.Images, rows.Capacity, weights.Layers, _shape.Layers.Count, _units,
        weights.Parameters, _shape.ParameterCount, room.Z, room.A, room.Dz, rows.Losses, rows.Predictions, rows.Capacity,
        weights.ActivationConstants[0], formulas.ActivationConstants(0).Count);

    /// <summary>Gradients from the outputs back to the first layer's pre-activations.</summary>
    private IEnumerable<GpuLaunch> Backward(int parity, GpuBuffer gradient)
    {
        foreach (DenseLayer layer in _shape.Layers.Skip(1).Reverse())
        {
            int above = layer.Index - 1;
            GpuTiling tiles = Tiling(layer.Inputs);
            (int down, int across) = tiles.Cover(batch, layer.Inputs);
            yield return Prepare(
                $"input_gradient_{tiles.Name}_{(_separate ? FormulaCatalog.Linear : formulas.Activations[above])}",
                new LaunchSize(down, across, weights.Networks, tiles.Threads),
                control, parity, batch, weights.Parameters, _shape.ParameterCount, layer.WeightOffset, layer.Inputs,
                layer.Outputs, _units, _shape.UnitsBefore(layer.Index), room.Z, room.A, room.Dz,
                weights.ActivationConstants[above], formulas.ActivationConstants(above).Count);
            if (_separate)
            {
                foreach (HiddenLaunches.Kernel kernel in _hidden.Backward(parity, _shape.Layers[above], gradient))
                {
                    yield return Prepare(kernel.Name, kernel.Size, kernel.Arguments);
                }
            }
        }
    }

    private GpuTiling Tiling(int outputs) =>
        arrangement.Tiling ?? GpuTiling.For((long)weights.Networks * batch * outputs, queue.Multiprocessors);

    private GpuLaunch Prepare(string kernel, LaunchSize size, params ReadOnlySpan<GpuArgument> arguments)
    {
        GpuLaunch launch = queue.Prepare(kernel, size, arguments);
        _all.Add(launch);
        return launch;
    }
}
