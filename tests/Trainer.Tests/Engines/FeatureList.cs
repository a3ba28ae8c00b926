using Trainer.Activations;
using Trainer.Engines;
using Trainer.Losses;
using Trainer.Networks;
using Trainer.Normalizations;
using Trainer.Optimizers;
using Trainer.Regularizers;

namespace Trainer.Tests.Engines;

/// <summary>Everything that a training may have beside a network, an update rule and rows: each by itself, and together.</summary>
internal static class FeatureList
{
    private static readonly Dictionary<string, Func<TrainingSetup, TrainingSetup>> Features = new()
    {
        ["none"] = setup => setup,
        ["activations of their own"] = setup => Network(setup, mlp => mlp with
        {
            Activations = [.. mlp.Activations.Select((_, l) => (Activation)(l % 2 == 0 ? new Tanh() : new LeakyRelu()))],
        }),
        ["label smoothing"] = setup => Network(setup, mlp => mlp with { Loss = new CrossEntropy { LabelSmoothing = 0.1 } }),
        ["mean squared error"] = setup => Network(setup, mlp => mlp with { Loss = new MeanSquaredError() }),
        ["dropout"] = setup => Network(setup, mlp => mlp with { Dropout = 0.4 }),
        ["batch normalisation"] = Normalized,
        ["l1 and l2"] = setup => setup with { Regularization = new Regularization { L1 = 1e-3, L2 = 1e-2 } },
        ["penalties of biases too"] = setup => Normalized(setup) with
        {
            Regularization = new Regularization { L1 = 1e-3, L2 = 1e-2, WeightDecay = 0.1, Biases = true },
        },
        ["weight decay"] = setup => setup with { Regularization = new Regularization { WeightDecay = 0.1 } },
        ["max-norm"] = setup => setup with { Regularization = new Regularization { MaxNorm = 0.5 } },
        ["clipping by value"] = setup => setup with { Clipping = new GradientClipping { Value = 1e-3 } },
        ["clipping by norm"] = setup => setup with { Clipping = new GradientClipping { Norm = 0.1 } },
        ["average"] = setup => setup with { Average = new WeightAverage { Decay = 0.9 } },
        ["micro-batches"] = setup => setup with { MicroBatch = 5 },
        ["prepared inputs"] = setup => setup,
        ["prepared inputs, normalised"] = Normalized,
        ["prepared inputs in micro-batches, dropped"] = setup => Network(setup, mlp => mlp with { Dropout = 0.2 }) with { MicroBatch = 3 },
        ["norm of a normalised network"] = setup => Normalized(setup) with
        {
            Clipping = new GradientClipping { Norm = 0.1 },
            Regularization = new Regularization { L2 = 1e-2, Biases = true, MaxNorm = 0.5 },
        },
        ["all but normalisation"] = setup => Network(setup, mlp => mlp with
        {
            Dropout = 0.3,
            Loss = new CrossEntropy { LabelSmoothing = 0.2 },
        }) with
        {
            Regularization = new Regularization { L1 = 1e-4, L2 = 1e-3, WeightDecay = 0.1, MaxNorm = 0.7 },
            Clipping = new GradientClipping { Norm = 0.2 },
            Average = new WeightAverage { Decay = 0.8 },
            MicroBatch = 7,
        },
        ["all but average"] = setup => Network(Normalized(setup), mlp => mlp with
        {
            Dropout = 0.3,
            Loss = new CrossEntropy { LabelSmoothing = 0.2 },
        }) with
        {
            Regularization = new Regularization { L1 = 1e-4, L2 = 1e-3, WeightDecay = 0.1, Biases = true, MaxNorm = 0.7 },
            Clipping = new GradientClipping { Norm = 0.2 },
        },
    };

    /// <summary>Their names.</summary>
    public static TheoryData<string> Names() => [.. Features.Keys];

    /// <summary>Whether inputs come prepared.</summary>
    public static bool IsPrepared(string name) => name.StartsWith("prepared", StringComparison.Ordinal);

    /// <summary><paramref name="setup"/> with a feature.</summary>
    public static TrainingSetup With(string name, TrainingSetup setup) => Features[name](setup with { Seed = 7 });

    /// <summary>A training with a feature: 50 rows in batches of 16, so that the last one has 2.</summary>
    public static TrainingSetup Setup(string name, params int[] hidden)
    {
        int[] sizes = [37, .. hidden, 10];
        var network = new Mlp(new MlpShape(sizes), new Sigmoid());
        return With(name, new TrainingSetup(network, new Sgd { Lr = 0.05, Momentum = 0.9 }, TestData.Splits(50, 23, 37, 10), 16));
    }

    private static TrainingSetup Normalized(TrainingSetup setup) => Network(setup, mlp => mlp with
    {
        Shape = new MlpShape(mlp.Shape.Sizes, isNormalized: true),
        BatchNorm = new BatchNorm(),
    });

    private static TrainingSetup Network(TrainingSetup setup, Func<Mlp, Mlp> change) => setup with { Network = change(setup.Network) };
}
