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
/// <param name="images">The image set that the rows are from.</param>
/// <param name="batch">Rows of a step.</param>
/// <param name="arrangement">How the kernels are arranged.</param>
internal sealed class GpuLaunches(
    IGpuQueue queue, GpuWeights weights, GpuFormulas formulas, GpuRoom room, GpuRows rows, GpuImages images, int batch, GpuArrangement arrangement)
    : IDisposable
{
    private static readonly int GatheringThreads = KernelSource.Number("GATHER_THREADS");
    private static readonly int SoftmaxThreads = KernelSource.Number("SOFTMAX_THREADS");

    private readonly List<GpuLaunch> _all = [];
    private readonly MlpShape _shape = weights.Shape;
    private readonly int _units = weights.Shape.Units();

    private readonly bool _rowsPass = arrangement.RowsPass != false && Gpu.RowsPass.Fits(weights.Shape, queue);

    private int GatheredRows => room.Steps * batch;

    /// <summary>Gathers the rows of the next <paramref name="steps"/> steps.</summary>
    public GpuLaunch Gather(int parity, int steps) => Prepare(
        "gather", new LaunchSize(steps * batch, 1, weights.Networks, GatheringThreads),
        rows.Control, parity, batch, steps, images.Pixels, rows.Images, rows.Capacity, _shape.Inputs, room.X, GatheredRows);

    /// <summary>All launches of a training step but the gathering.</summary>
    /// <param name="parity">The step's.</param>
    /// <param name="rule">The rule in the names of kernels.</param>
    /// <param name="parameters">What it changes.</param>
    /// <param name="scalars">What the rule takes for each step, (networks, steps, <see cref="StepScalars.Count"/>).</param>
    public IEnumerable<GpuLaunch> Step(int parity, string rule, GpuBuffer parameters, GpuBuffer scalars) => _rowsPass
        ? [Forward(parity, _shape.Layers[0]), RowsPass(parity), Update(parity, rule, parameters, scalars)]
        : [.. Forward(parity, backward: true), .. Backward(parity), Update(parity, rule, parameters, scalars)];

    /// <summary>The layers one after another, then the loss; with <paramref name="backward"/> its gradient to the logits too.</summary>
    public IEnumerable<GpuLaunch> Forward(int parity, bool backward)
    {
        foreach (DenseLayer layer in _shape.Layers)
        {
            yield return Forward(parity, layer);
        }
        yield return Prepare(
            "softmax_cross_entropy",
            new LaunchSize((batch + SoftmaxThreads - 1) / SoftmaxThreads, 1, weights.Networks, SoftmaxThreads),
            rows.Control, parity, batch, images.Labels, rows.Images, rows.Capacity, _shape.Outputs, _units,
            _shape.UnitsBefore(_shape.Layers.Count - 1), room.Z, room.A, room.Dz, backward ? 1 : 0,
            rows.Losses, rows.Predictions, rows.Capacity);
    }

    private GpuLaunch Forward(int parity, DenseLayer layer)
    {
        string formula = layer.Index == _shape.Layers.Count - 1 ? FormulaCatalog.Linear : formulas.Activation;
        GpuTiling tiles = Tiling(layer.Outputs);
        (int down, int across) = tiles.Cover(batch, layer.Outputs);
        return Prepare(
            $"forward_{tiles.Name}_{formula}", new LaunchSize(down, across, weights.Networks, tiles.Threads),
            rows.Control, parity, batch, room.X, GatheredRows, weights.Parameters, _shape.ParameterCount, layer.WeightOffset,
            layer.Index, layer.Inputs, layer.Outputs, _units, _shape.UnitsBefore(layer.Index), room.Z, room.A,
            weights.ActivationConstants, formulas.ActivationConstants.Count);
    }

    /// <summary>Rows through all layers behind the first, and back.</summary>
    private GpuLaunch RowsPass(int parity) => Prepare(
        $"pass_rows_{formulas.Activation}",
        new LaunchSize((batch + Gpu.RowsPass.Rows - 1) / Gpu.RowsPass.Rows, 1, weights.Networks, Gpu.RowsPass.Threads),
        rows.Control, parity, batch, images.Labels, rows.Images, rows.Capacity, weights.Layers, _shape.Layers.Count, _units,
        weights.Parameters, _shape.ParameterCount, room.Z, room.A, room.Dz, rows.Losses, rows.Predictions, rows.Capacity,
        weights.ActivationConstants, formulas.ActivationConstants.Count);

    /// <summary>Gradients from the logits back to the first layer's pre-activations.</summary>
    private IEnumerable<GpuLaunch> Backward(int parity)
    {
        foreach (DenseLayer layer in _shape.Layers.Skip(1).Reverse())
        {
            GpuTiling tiles = Tiling(layer.Inputs);
            (int down, int across) = tiles.Cover(batch, layer.Inputs);
            yield return Prepare(
                $"input_gradient_{tiles.Name}_{formulas.Activation}", new LaunchSize(down, across, weights.Networks, tiles.Threads),
                rows.Control, parity, batch, weights.Parameters, _shape.ParameterCount, layer.WeightOffset, layer.Inputs,
                layer.Outputs, _units, _shape.UnitsBefore(layer.Index), room.Z, room.A, room.Dz,
                weights.ActivationConstants, formulas.ActivationConstants.Count);
        }
    }

    /// <summary>Gradients of the parameters, and what a rule makes of them.</summary>
    private GpuLaunch Update(int parity, string rule, GpuBuffer parameters, GpuBuffer scalars) => Prepare(
        $"update_{rule}", new LaunchSize(GpuWeights.UpdateGroups(_shape), 1, weights.Networks, GpuTiling.Update.Threads),
        rows.Control, parity, batch, weights.Layers, _shape.Layers.Count, _units, room.X, GatheredRows, room.A, room.Dz,
        parameters, weights.States[0], weights.States[1], weights.States[2], _shape.ParameterCount, scalars, StepScalars.Count * rows.Capacity,
        weights.RuleConstants, formulas.RuleConstants.Count);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (GpuLaunch launch in _all)
        {
            launch.Dispose();
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
