using Trainer.Activations;
using Trainer.Data;
using Trainer.Engines;
using Trainer.Engines.Gpu;
using Trainer.Engines.Gpu.Drivers;
using Trainer.Engines.Reference;
using Trainer.Initializers;
using Trainer.Losses;
using Trainer.Networks;
using Trainer.Normalizations;
using Trainer.Optimizers;
using Trainer.Randomness;
using Trainer.Regularizers;

namespace Trainer.Tests.Engines.Gpu;

/// <summary>Networks that are trained side by side, and each alone by the plain loops.</summary>
internal static class SideBySide
{
    private const int Rows = 75;
    private const int Validation = 14;

    // Alike in kind, different in every number; so are the seeds, the orders and the validation splits.
    private static readonly Optimizer[] Optimizers =
    [
        new Adam { Lr = 1e-3 },
        new Adam { Lr = 3e-2, Betas = [0.8, 0.99], Eps = 1e-6 },
        new Adam { Lr = 1e-2, Betas = [0, 0.9] },
    ];

    /// <summary>Fails at the first bit that differs.</summary>
    public static void Train(IGpuDriver driver, int device, bool rowsPass, bool withFeatures)
    {
        DataSet data = TestData.Set(Rows, 23, 30, 10);
        TrainingSetup[] setups = [.. Optimizers.Select((optimizer, network) => new TrainingSetup(
            new MlpShape(30, 21, 13, 10), new Sigmoid(), optimizer, SplitSet.From(data, Validation, (ulong)network), 8))];
        setups = withFeatures ? [.. setups.Select(WithFeatures)] : setups;
        using IGpuQueue queue = driver.Open(device, new GpuFormulas(setups[0]).Program);
        using var together = new GpuNetworks(setups, queue, new GpuArrangement(RowsPass: rowsPass));
        EpochPlan[] plans = [.. setups.Select(Plan)];
        RowResults[] training = [.. setups.Select(_ => new RowResults(Rows))];
        RowResults[] validation = [.. setups.Select(_ => new RowResults(Rows))];
        for (int network = 0; network < setups.Length; network++)
        {
            together.Weights.Write(together.Weights.Parameters, network, Start(setups[network], network));
        }
        together.Train(plans, .., training, default);
        together.Evaluate(SplitName.Validation, 3..Validation, validation, default);

        for (int network = 0; network < setups.Length; network++)
        {
            TrainingSetup setup = setups[network];
            using IEngine alone = ReferenceEngine.Create(setup);
            var record = new TrialRecord();
            var expected = new TrialRecord();
            float[] vector = new float[setup.Shape.ParameterCount];
            var results = new RowResults(Rows);
            alone.WriteParameters(Start(setup, network));
            alone.Train(plans[network], .., results);
            expected.Add("training", results);
            record.Add("training", training[network]);
            results = new RowResults(Rows);
            alone.Evaluate(SplitName.Validation, 3..Validation, results);
            expected.Add("validation", results);
            record.Add("validation", validation[network]);
            for (int part = 0; part <= alone.StateCount; part++)
            {
                Read(alone, part, vector);
                expected.Add($"vector {part}", vector);
                together.Weights.Read(part == 0 ? together.Weights.Parameters : together.Weights.States[part - 1], network, vector);
                record.Add($"vector {part}", vector);
            }
            alone.Gradient([5, 1, 60], vector);
            expected.Add("gradient", vector);
            together.Gradient(network, [5, 1, 60], vector);
            record.Add("gradient", vector);
            float[] statistics = new float[setup.Shape.StatisticsCount];
            alone.ReadStatistics(statistics);
            expected.Add("statistics", statistics);
            together.Weights.ReadStatistics(network, statistics);
            record.Add("statistics", statistics);
            Assert.Null(expected.FirstDifference(record));
        }
    }

    private static TrainingSetup WithFeatures(TrainingSetup setup, int network) => setup with
    {
        Network = setup.Network with
        {
            Shape = new MlpShape(setup.Shape.Sizes, isNormalized: true),
            Activations = [new LeakyRelu { NegativeSlope = 0.1 * (network + 1) }, new Sigmoid()],
            BatchNorm = new BatchNorm { Momentum = 0.1 * (network + 1), Eps = network == 1 ? 1e-3 : 1e-5 },
            Dropout = 0.2 * (network + 1),
            Loss = new CrossEntropy { LabelSmoothing = 0.05 * (network + 1) },
        },
        Regularization = new Regularization
        {
            L1 = network == 0 ? 0 : 1e-3,
            L2 = 1e-2 * network,
            WeightDecay = network == 2 ? 0 : 0.1 + network,
            Biases = network == 1,
            MaxNorm = 0.4 + (0.1 * network),
        },
        Clipping = new GradientClipping { Norm = 0.05 * (network + 1) },
        Seed = 5 + (ulong)network * 0x1_0000_0001,
    };

    private static EpochPlan Plan(TrainingSetup setup, int network)
    {
        int[] order = new int[setup.Data.Train.Count];
        new Philox((ulong)network, RandomStream.Shuffle, 1).Permutation(order);
        return new EpochPlan(order, setup.BatchSize, 10 * network, _ => setup.Optimizer.Lr);
    }

    private static float[] Start(TrainingSetup setup, int network)
    {
        float[] parameters = new float[setup.Shape.ParameterCount];
        new PytorchDefault().Fill(setup.Shape, (ulong)network, parameters);
        return parameters;
    }

    private static void Read(IEngine engine, int part, float[] vector)
    {
        if (part == 0)
        {
            engine.ReadParameters(vector);
        }
        else
        {
            engine.ReadState(part - 1, vector);
        }
    }
}
