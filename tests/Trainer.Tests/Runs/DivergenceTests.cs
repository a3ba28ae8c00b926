using Trainer.Activations;
using Trainer.Augmentations;
using Trainer.Data;
using Trainer.Engines;
using Trainer.Engines.Cpu;
using Trainer.Engines.Reference;
using Trainer.Failures;
using Trainer.Optimizers;
using Trainer.Regularizers;
using Trainer.Runs;
using Trainer.Tests.Engines;

namespace Trainer.Tests.Runs;

/// <summary>What a run says of where it diverged; that <see cref="Trainer.Diagnostics.DivergenceSource"/> is right has tests of its own.</summary>
public class DivergenceTests
{
    private static readonly DataSet Data = TestData.Set(60, 20, 12, 5);

    private static readonly Experiment Small = new()
    {
        Name = "small",
        Model = new Model { Hidden = [6, 5] },
        Optimizer = new Sgd { Lr = 1e9 },
        BatchSize = 16,
        Epochs = 50,
    };

    public static TheoryData<string> Experiments => [.. All.Keys];

    private static readonly IReadOnlyDictionary<string, Experiment> All = new Dictionary<string, Experiment>
    {
        ["at once"] = Small,
        ["later"] = Small with { Optimizer = new Sgd { Lr = 30, Momentum = 0.95 }, Model = new Model { Hidden = [6, 5], Activation = new Linear() } },
        ["dropout and noise"] = Small with { Model = new Model { Hidden = [6, 5], Dropout = 0.3 }, InputNoise = new InputNoise { Std = 0.1 } },
        ["when it is measured"] = Small with { BatchSize = 60, Optimizer = new Sgd { Lr = 1e30 } },
        ["an average"] = Small with { BatchSize = 60, Optimizer = new Sgd { Lr = 1e30 }, Ema = new WeightAverage { Decay = 0.5 } },
    };

    [Theory]
    [MemberData(nameof(Experiments))]
    public void ADivergence_NamesStepAndLayer_TheSame_WhateverWasKeptAndWhicheverEngineComputes(string name)
    {
        DivergedException failure = Diverge(All[name], isAlwaysKept: false, reference: false);
        Assert.NotNull(failure.Point);
        Assert.InRange(failure.Point.Layer ?? 0, 1, 3);
        Assert.Contains($"in step {failure.Point.Step} (epoch {failure.Point.Epoch}); it {failure.Point.Origin}; try a smaller", failure.Message);
        Assert.Equal(failure.Message, Diverge(All[name], isAlwaysKept: true, reference: false).Message);
        Assert.Equal(failure.Message, Diverge(All[name], isAlwaysKept: true, reference: true).Message);
    }

    private static DivergedException Diverge(Experiment experiment, bool isAlwaysKept, bool reference)
    {
        TrainingSetup setup = Run.Setup(experiment, Data);
        using IEngine engine = reference ? ReferenceEngine.Create(setup) : CpuEngine.Create(setup, 1);
        var run = new Run(experiment, setup, engine, new RecordingObserver(), checkpoints: new Store(isAlwaysKept));
        return Assert.Throws<DivergedException>(() => run.Execute(CancellationToken.None));
    }

    /// <summary>Keeps only what is good: a state with a number that is not finite would be of no use.</summary>
    private sealed class Store(bool isAlwaysDue) : ICheckpointStore
    {
        public bool IsDue(int epoch, int step) => isAlwaysDue;

        public void Save(Checkpoint checkpoint) => Assert.All(checkpoint.Network.Parameters, parameter => Assert.True(float.IsFinite(parameter)));
    }
}
