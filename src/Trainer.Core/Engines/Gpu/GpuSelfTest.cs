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

    /// <summary>Tries the kernels of the setups' formulas and features, as they are arranged for them.</summary>
    /// <param name="setups">What is going to be trained side by side, and alike: the first is tried, beside it the last.</param>
    /// <param name="queue">The device.</param>
    /// <exception cref="DeviceException">The device computes other bits, or fails.</exception>
    public static void Check(IReadOnlyList<TrainingSetup> setups, IGpuQueue queue)
    {
        SplitSet images = Images();
        TrainingSetup[] small = [.. setups.Take(1).Concat(setups.Skip(1).TakeLast(1)).Select(setup => Small(setup, images))];
        bool rowsPass = RowsPass.Fits(setups[0].Shape, queue);
        float[] expected = [.. small.SelectMany(setup =>
        {
            using IEngine reference = ReferenceEngine.Create(setup);
            return Numbers(setup, reference, Train(setup, reference));
        })];
        foreach (GpuTiling tiling in (ReadOnlySpan<GpuTiling>)[GpuTiling.Small, GpuTiling.Large])
        {
            using var networks = new GpuNetworks(small, queue, new GpuArrangement(tiling, rowsPass));
            float[] found = TrainTogether(small, networks);
            int same = MemoryMarshal.Cast<float, int>(expected).CommonPrefixLength(MemoryMarshal.Cast<float, int>(found));
            if (same < expected.Length)
            {
                throw new DeviceException(FormattableString.Invariant(
                    $"{queue.Description} does not compute the same bits as other devices: number {same} of a trial is {found[same]:g9} instead of {expected[same]:g9}; its driver is to blame, or this program"));
            }
        }
    }

    /// <summary>A setup with all that another has, and little to compute.</summary>
    private static TrainingSetup Small(TrainingSetup setup, SplitSet images)
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
            Data = images,
            BatchSize = Batch,
            MicroBatch = features.InPortions ? RowsTogether : null,
        };
    }

    private static (RowResults Training, RowResults Evaluation) Train(TrainingSetup setup, IEngine engine)
    {
        Start(setup, engine);
        var results = (Training: new RowResults(Rows), Evaluation: new RowResults(Rows));
        engine.Train(Plan(), .., results.Training);
        engine.Evaluate(SplitName.Test, .., results.Evaluation);
        return results;
    }

    private static float[] TrainTogether(TrainingSetup[] setups, GpuNetworks networks)
    {
        // Closed with the networks.
        IEngine[] engines = [.. setups.Select((setup, network) => new GpuNetworkEngine(setup, networks, null, network))];
        foreach ((TrainingSetup setup, IEngine engine) in setups.Zip(engines))
        {
            Start(setup, engine);
        }
        RowResults[] training = [.. setups.Select(_ => new RowResults(Rows))];
        RowResults[] evaluation = [.. setups.Select(_ => new RowResults(Rows))];
        networks.Train([.. setups.Select(_ => Plan())], .., training, default);
        networks.Evaluate(SplitName.Test, .., evaluation, default);
        return [.. setups.SelectMany((setup, network) => Numbers(setup, engines[network], (training[network], evaluation[network])))];
    }

    private static void Start(TrainingSetup setup, IEngine engine)
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
    }

    /// <summary>An epoch with a short last batch.</summary>
    private static EpochPlan Plan() => new([.. Enumerable.Range(0, Rows).Select(row => Rows - 1 - row)], Batch, 0, _ => Lr);

    /// <summary>Losses of the epoch, then losses of an evaluation, then the parameters.</summary>
    private static float[] Numbers(TrainingSetup setup, IEngine engine, (RowResults Training, RowResults Evaluation) results)
    {
        float[] parameters = new float[setup.Shape.ParameterCount];
        float[] average = new float[setup.Average is null ? 0 : parameters.Length];
        if (setup.Average is not null)
        {
            engine.ReadAverage(average);
        }
        engine.ReadParameters(parameters);
        return
        [
            .. results.Training.Losses, .. results.Evaluation.Losses,
            .. results.Evaluation.Predictions.Select(prediction => (float)prediction), .. average, .. parameters,
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
