using Trainer.Engines.Gpu.Drivers;
using Trainer.Engines.Gpu.Kernels;
using Trainer.Networks;

namespace Trainer.Engines.Gpu;

/// <summary>What is launched between the products of a hidden layer and of the next where an activation has a kernel of its own:
/// behind a batch normalisation, and with dropout.</summary>
/// <param name="weights">The networks.</param>
/// <param name="formulas">Their kernels.</param>
/// <param name="room">Where what they compute lies.</param>
/// <param name="control">Which rows are in a step.</param>
/// <param name="batch">Rows of a step.</param>
/// <param name="kind">What they pass for.</param>
internal sealed class HiddenLaunches(
    GpuWeights weights, GpuFormulas formulas, GpuRoom room, GpuBuffer control, int batch, GpuPassKind kind)
{
    private static readonly int ActivationThreads = KernelSource.Number("ACTIVATE_THREADS");
    private static readonly int ActivationUnits = KernelSource.Number("ACTIVATE_UNITS");
    private static readonly int UnitThreads = KernelSource.Number("UNIT_THREADS");
    private static readonly int NumberThreads = KernelSource.Number("NUMBER_THREADS");

    private readonly MlpShape _shape = weights.Shape;
    private readonly int _units = weights.Shape.Units();

    /// <summary>A launch that is to be prepared.</summary>
    internal readonly record struct Kernel(string Name, LaunchSize Size, GpuArgument[] Arguments);

    /// <summary>From z to what the next layer reads.</summary>
    public IEnumerable<Kernel> Forward(int parity, DenseLayer layer)
    {
        if (layer.IsNormalized)
        {
            yield return Statistics(parity, layer);
            yield return new Kernel(
                "batch_norm", EachNumber(layer),
                [
                    control, parity, batch, layer.Outputs, _units, _shape.UnitsBefore(layer.Index), room.Z, room.Normal, room.Means,
                    room.Deviations, weights.Parameters, _shape.ParameterCount, layer.ScaleOffset, kind == GpuPassKind.Evaluation ? 0 : 1,
                ]);
        }
        yield return Activate("activate", parity, layer);
    }

    /// <summary>From the gradient to what the next layer reads to that to z.</summary>
    public IEnumerable<Kernel> Backward(int parity, DenseLayer layer, GpuBuffer gradient)
    {
        yield return Activate("differentiate", parity, layer);
        if (layer.IsNormalized)
        {
            GpuArgument[] arguments =
            [
                control, parity, batch, layer.Outputs, _units, _shape.UnitsBefore(layer.Index), room.Dz, room.Normal, room.Deviations,
                weights.Parameters, _shape.ParameterCount, layer.ScaleOffset, gradient,
            ];
            yield return new Kernel("batch_norm_gradient", EachUnit(layer), arguments);
            yield return new Kernel("batch_norm_backward", EachNumber(layer), arguments);
        }
    }

    private Kernel Statistics(int parity, DenseLayer layer)
    {
        string source = kind switch
        {
            GpuPassKind.Evaluation => "RUNNING",
            GpuPassKind.Gradient => "OF_ROWS",
            _ => "MOVING",
        };
        return new Kernel(
            "batch_statistics", EachUnit(layer),
            [
                control, parity, batch, layer.Outputs, _units, _shape.UnitsBefore(layer.Index), room.Z, room.Means, room.Deviations,
                weights.Statistics, _shape.StatisticsCount, layer.StatisticsOffset, weights.Constants.MomentumEps, KernelSource.Number(source),
            ]);
    }

    private Kernel Activate(string what, int parity, DenseLayer layer)
    {
        long fours = (layer.Outputs + ActivationUnits - 1) / ActivationUnits;
        bool drops = formulas.Features.IsDropped && kind == GpuPassKind.Training;
        return new Kernel(
            $"{what}_{formulas.Activations[layer.Index]}",
            new LaunchSize((int)((batch * fours + ActivationThreads - 1) / ActivationThreads), 1, weights.Networks, ActivationThreads),
            [
                control, parity, batch, layer.Outputs, _units, _shape.UnitsBefore(layer.Index), room.Z, room.A, room.Outputs, room.Dz,
                weights.ActivationConstants[layer.Index], formulas.ActivationConstants(layer.Index).Count, weights.Constants.Dropout,
                weights.Constants.Mask.Units, weights.Constants.Mask.OffsetOf(layer.Index), drops ? 1 : 0,
            ]);
    }

    private LaunchSize EachUnit(DenseLayer layer) => new((layer.Outputs + UnitThreads - 1) / UnitThreads, 1, weights.Networks, UnitThreads);

    private LaunchSize EachNumber(DenseLayer layer) =>
        new((int)((((long)batch * layer.Outputs) + NumberThreads - 1) / NumberThreads), 1, weights.Networks, NumberThreads);
}
