using System.Runtime.InteropServices;
using Trainer.Activations;
using Trainer.Data;
using Trainer.Engines.Gpu.Drivers;
using Trainer.Engines.Reference;
using Trainer.Failures;
using Trainer.Networks;
using Trainer.Randomness;

namespace Trainer.Engines.Gpu;

/// <summary>
/// A training of a few milliseconds on the device and by the plain loops: what a device computes depends on its driver's
/// compiler, and one that takes liberties is found here and not in somebody's results.
/// </summary>
internal static class GpuSelfTest
{
    private const ulong Seed = 1;
    private const double Lr = 0.05;

    // 11 steps, so that sequences of eight and of two run and a step too many is left out; the last batch is short.
    private const int Batch = 40;
    private const int Rows = (10 * Batch) + 7;

    private const int RowsTogether = 15;

    // Sizes that fill no tile, and are more than any tile takes at a time.
    private const int Inputs = 150;
    private const int Outputs = 5;
    private static readonly int[] Hidden = [70, 67];

    /// <summary>Tries the kernels of <paramref name="setup"/>'s formulas and features, as they are arranged for it.</summary>
    /// <param name="setup">What is going to be trained.</param>
    /// <param name="queue">The device.</param>
    /// <exception cref="DeviceException">The device computes other bits, or fails.</exception>
    public static void Check(TrainingSetup setup, IGpuQueue queue)
    {
        TrainingSetup small = Small(setup);
        bool rowsPass = RowsPass.Fits(setup.Shape, queue);
        using IEngine reference = ReferenceEngine.Create(small);
        float[] expected = Train(reference, small);
        foreach (GpuTiling tiling in (ReadOnlySpan<GpuTiling>)[GpuTiling.Small, GpuTiling.Large])
        {
            using var networks = new GpuNetworks([small], queue, new GpuArrangement(tiling, rowsPass));
            float[] found = Train(new GpuNetworkEngine(small, networks), small);
            int same = MemoryMarshal.Cast<float, int>(expected).CommonPrefixLength(MemoryMarshal.Cast<float, int>(found));
            if (same < expected.Length)
            {
                throw new DeviceException(FormattableString.Invariant(
                    $"{queue.Description} does not compute the same bits as other devices: number {same} of a trial is {found[same]:g9} instead of {expected[same]:g9}; its driver is to blame, or this program"));
            }
        }
    }

    /// <summary>A setup with all that another has, and little to compute.</summary>
    private static TrainingSetup Small(TrainingSetup setup)
    {
        bool hasHidden = setup.Shape.Layers.Count > 1;
        // There are kernels behind hidden layers even where there are no such layers.
        Activation[] activations = hasHidden ? [.. setup.Network.Activations.Distinct()] : [new Linear()];
        int[] hidden = [.. Hidden, .. activations.Skip(Hidden.Length).Select((_, extra) => Hidden[extra % Hidden.Length])];
        GpuFeatures features = GpuFeatures.Of(setup);
        return setup with
        {
            Network = setup.Network with
            {
                Shape = new MlpShape([Inputs, .. hidden, Outputs], features.IsNormalized),
                Activations = [.. hidden.Select((_, layer) => activations[layer % activations.Length])],
                BatchNorm = features.IsNormalized ? setup.Network.BatchNorm : null,
                Dropout = features.IsDropped ? setup.Network.Dropout : 0,
            },
            Optimizer = setup.Optimizer with { Lr = Lr },
            Data = Images(),
            BatchSize = Batch,
            MicroBatch = features.InPortions ? RowsTogether : null,
        };
    }

    /// <summary>Losses of an epoch with a short last batch, then losses of an evaluation, then the parameters.</summary>
    private static float[] Train(IEngine engine, TrainingSetup setup)
    {
        float[] parameters = new float[setup.Shape.ParameterCount];
        var random = new Philox(Seed, RandomStream.Initialization, 0);
        for (int k = 0; k < parameters.Length; k++)
        {
            parameters[k] = random.Uniform((ulong)k) - 0.5f;
        }
        engine.WriteParameters(parameters);
        if (setup.Average is not null)
        {
            engine.WriteAverage(parameters);
        }
        var training = new RowResults(Rows);
        var evaluation = new RowResults(Rows);
        int[] order = [.. Enumerable.Range(0, Rows).Select(row => Rows - 1 - row)];
        engine.Train(new EpochPlan(order, Batch, 0, _ => Lr), .., training);
        engine.Evaluate(SplitName.Test, .., evaluation);
        float[] average = new float[setup.Average is null ? 0 : parameters.Length];
        if (setup.Average is not null)
        {
            engine.ReadAverage(average);
        }
        engine.ReadParameters(parameters);
        return
        [
            .. training.Losses, .. evaluation.Losses, .. evaluation.Predictions.Select(prediction => (float)prediction), .. average,
            .. parameters,
        ];
    }

    private static SplitSet Images()
    {
        var random = new Philox(Seed, RandomStream.Noise, 0);
        byte[] pixels = new byte[Rows * Inputs];
        byte[] labels = new byte[Rows];
        for (int k = 0; k < pixels.Length; k++)
        {
            pixels[k] = (byte)random.Word((ulong)k);
        }
        for (int k = 0; k < Rows; k++)
        {
            labels[k] = (byte)(k % Outputs);
        }
        var split = new Split(new ImageSet(pixels, labels, 1, Inputs));
        return new SplitSet(split, null, split);
    }
}
