using Trainer.Engines.Gpu.Drivers;
using Trainer.Engines.Gpu.Kernels;
using Trainer.Networks;
using Trainer.Optimizers;

namespace Trainer.Engines.Gpu;

/// <summary>The launches of a step behind the gradient, where more is done than the update rule that its kernel ends with.</summary>
/// <param name="queue">The device.</param>
/// <param name="weights">The networks.</param>
/// <param name="formulas">Their kernels.</param>
/// <param name="buffers">Whose memory becomes what is computed in between.</param>
/// <param name="rows">The rows.</param>
/// <param name="batch">Rows of a step.</param>
internal sealed class UpdateLaunches(
    IGpuQueue queue, GpuWeights weights, GpuFormulas formulas, GpuBuffers buffers, GpuRows rows, int batch)
    : IDisposable
{
    /// <summary>Numbers of a step and network in <see cref="Decays"/>: the share that decay takes of weights, and of other parameters.</summary>
    public const int DecayCount = 2;

    private static readonly int ParameterThreads = KernelSource.Number("APPLY_THREADS");
    private static readonly int NormThreads = KernelSource.Number("NORM_THREADS");

    private readonly List<GpuLaunch> _all = [];
    private readonly MlpShape _shape = weights.Shape;
    private readonly int _units = weights.Shape.Units();
    private readonly GpuBuffer _squares =
        buffers.Allocate<float>(formulas.Features.ClipsNorm || formulas.Features.BoundsUnits ? (long)weights.Networks * weights.Shape.Units() : 0);

    /// <summary>(networks, rows, <see cref="DecayCount"/>).</summary>
    public GpuBuffer Decays { get; } =
        buffers.Allocate<float>(formulas.Features.IsStaged ? (long)DecayCount * weights.Networks * rows.Capacity : 0);

    private GpuBuffer Terms => weights.Constants.Terms;

    /// <summary>From a gradient that is kept to new parameters.</summary>
    /// <param name="parity">The step's.</param>
    /// <param name="gradient">The gradient, in the layout of the parameters.</param>
    /// <param name="scalars">What the rule takes for each step, (networks, steps, <see cref="StepScalars.Count"/>).</param>
    public IEnumerable<GpuLaunch> Apply(int parity, GpuBuffer gradient, GpuBuffer scalars)
    {
        if (formulas.Features.ClipsNorm)
        {
            yield return Squares(parity, _shape.Layers[0].Groups.Count() - 1, gradient);
            yield return Prepare(
                "norm_factor", new LaunchSize(1, 1, weights.Networks, NormThreads),
                rows.Control, parity, batch, _units, _squares, Terms, weights.Constants.Factors);
        }
        yield return Prepare(
            $"apply_{formulas.Rule}", EachParameter,
            rows.Control, parity, batch, weights.Layers, _shape.Layers.Count, gradient, weights.Parameters, weights.States[0],
            weights.States[1], weights.States[2], _shape.ParameterCount, scalars, StepScalars.Count * rows.Capacity, Decays,
            DecayCount * rows.Capacity, weights.RuleConstants, formulas.RuleConstants.Count, Terms, weights.Constants.Factors);
    }

    /// <summary>What is done behind the update rule.</summary>
    public IEnumerable<GpuLaunch> End(int parity)
    {
        if (formulas.Features.BoundsUnits)
        {
            yield return Squares(parity, others: 0, weights.Parameters);
            yield return Prepare(
                "bound_weights", EachParameter, rows.Control, parity, batch, weights.Layers, _shape.Layers.Count, _units, _squares,
                weights.Parameters, _shape.ParameterCount, Terms);
        }
        if (formulas.Features.Averages)
        {
            yield return Prepare(
                "average", EachParameter, rows.Control, parity, batch, weights.Parameters, weights.Averages, _shape.ParameterCount, Terms);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (GpuLaunch launch in _all)
        {
            launch.Dispose();
        }
    }

    private LaunchSize EachParameter => new((_shape.ParameterCount + ParameterThreads - 1) / ParameterThreads, 1, weights.Networks, ParameterThreads);

    /// <summary>Squared norms of all units: of a gradient's, or without others of the weights'.</summary>
    private GpuLaunch Squares(int parity, int others, GpuBuffer gradient) => Prepare(
        "unit_squares", new LaunchSize(_units, 1, weights.Networks, NormThreads),
        rows.Control, parity, batch, weights.Layers, _shape.Layers.Count, _units, others, gradient, weights.Parameters,
        _shape.ParameterCount, Terms, _squares);

    private GpuLaunch Prepare(string kernel, LaunchSize size, params ReadOnlySpan<GpuArgument> arguments)
    {
        GpuLaunch launch = queue.Prepare(kernel, size, arguments);
        _all.Add(launch);
        return launch;
    }
}
