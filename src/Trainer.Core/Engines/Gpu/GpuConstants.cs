using System.Runtime.InteropServices;
using Trainer.Engines.Gpu.Drivers;
using Trainer.Engines.Gpu.Kernels;
using Trainer.Engines.Reference;
using Trainer.Formulas;
using Trainer.Losses;
using Trainer.Networks;
using Trainer.Regularizers;

namespace Trainer.Engines.Gpu;

/// <summary>The numbers of several networks' features, each network its own, on the device; as the kernels' source says.</summary>
internal sealed class GpuConstants
{
    private static readonly int DropoutLength = KernelSource.Number("DROPOUT_LENGTH");

    private readonly IGpuQueue _queue;

    public GpuConstants(IGpuQueue queue, GpuBuffers buffers, IReadOnlyList<TrainingSetup> setups)
    {
        _queue = queue;
        Terms = buffers.Copy<float>([.. setups.SelectMany(TermsOf)]);
        Factors = buffers.Copy<float>([.. setups.Select(_ => 1f)]);
        Targets = buffers.Copy<float>([.. setups.SelectMany(TargetsOf)]);
        MomentumEps = buffers.Copy<float>([.. setups.SelectMany(MomentumEpsOf)]);
        Dropout = buffers.Copy<int>([.. setups.SelectMany(DropoutOf)]);
        Mask = MaskOf(setups[0]);
    }

    /// <summary>Penalties, bounds and averages.</summary>
    public GpuBuffer Terms { get; }

    /// <summary>What a gradient is multiplied by; 1 where no norm is bounded.</summary>
    public GpuBuffer Factors { get; }

    /// <summary>The target of the right class, and that of the others.</summary>
    public GpuBuffer Targets { get; }

    /// <summary>What normalisations take: m and ε.</summary>
    public GpuBuffer MomentumEps { get; }

    /// <summary>What random words become masks.</summary>
    public GpuBuffer Dropout { get; }

    /// <summary>Where the words of hidden units lie, the same for all networks.</summary>
    public DropoutMask Mask { get; }

    /// <summary>Says how many steps a network made before those of its plan.</summary>
    public void SetFirstStep(int network, long before)
    {
        int number = unchecked((int)(before + 1));
        _queue.Write(
            Dropout, ((network + 1L) * DropoutLength - 1) * sizeof(int), MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in number)));
    }

    private static float[] TermsOf(TrainingSetup setup)
    {
        GradientTerms weights = setup.Terms(ParameterKind.Weight);
        GradientTerms others = setup.Terms(ParameterKind.Bias);
        double decay = setup.Average?.Decay ?? 0;
        return
        [
            weights.L2, weights.L1, weights.Bound, others.L2, others.L1, others.Bound,
            (float)(setup.Clipping?.Norm ?? 0), (float)(setup.Regularization.MaxNorm ?? 0), (float)decay, (float)(1 - decay),
        ];
    }

    private static float[] TargetsOf(TrainingSetup setup)
    {
        double smoothing = setup.Network.Loss is CrossEntropy loss ? loss.LabelSmoothing : 0;
        int classes = setup.Shape.Outputs;
        return [LossEquations.Target<Scalar>(true, smoothing, classes).Value, LossEquations.Target<Scalar>(false, smoothing, classes).Value];
    }

    private static float[] MomentumEpsOf(TrainingSetup setup) =>
        [(float)(setup.Network.BatchNorm?.Momentum ?? 0), (float)(setup.Network.BatchNorm?.Eps ?? 0)];

    private static int[] DropoutOf(TrainingSetup setup)
    {
        DropoutMask mask = MaskOf(setup);
        return
        [
            unchecked((int)setup.Seed), unchecked((int)(setup.Seed >> 32)), unchecked((int)mask.Threshold),
            BitConverter.SingleToInt32Bits(mask.Scale), 0,
        ];
    }

    private static DropoutMask MaskOf(TrainingSetup setup) => new(setup.Shape, setup.Network.Dropout, setup.Seed);
}
