using Trainer.Activations;
using Trainer.Augmentations;
using Trainer.Data;
using Trainer.Engines;
using Trainer.Engines.Gpu;
using Trainer.Engines.Reference;
using Trainer.Normalizations;
using Trainer.Optimizers;
using Trainer.Runs;
using Trainer.Schedules;
using Trainer.Tests.Engines.Joint;

namespace Trainer.Tests.Engines.Gpu;

/// <summary>Whole runs that a device trains side by side have the numbers of each run alone, by the plain loops.</summary>
public class SideBySideRunsTests
{
    private static readonly DataSet Data = TestData.Set(70, 30, 12, 5);

    private static readonly Experiment Small = new()
    {
        Name = "small",
        Model = new Model { Hidden = [9, 7], Activation = new Sigmoid() },
        Optimizer = new Sgd { Lr = 0.1 },
        BatchSize = 16,
        Epochs = 5,
        Data = new DataChoice { Validation = 14 },
    };

    private static GpuMachine OpenCl => new(GpuApi.OpenCl, TestDevices.OpenCl);

    private static GpuMachine Cuda => new(GpuApi.Cuda, TestDevices.Cuda);

    [FactNeedingOpenCl]
    public Task SeedsAndRates_OneStoppingEarly_OneDiverging_UnderOpenCl() => SeedsAndRates(OpenCl);

    [FactNeedingCuda]
    public Task SeedsAndRates_OneStoppingEarly_OneDiverging_OnACard() => SeedsAndRates(Cuda);

    [FactNeedingOpenCl]
    public Task DistortedImages_DropoutAndNormalisation_UnderOpenCl() => Distorted(OpenCl);

    [FactNeedingCuda]
    public Task DistortedImages_DropoutAndNormalisation_OnACard() => Distorted(Cuda);

    [FactNeedingOpenCl]
    public async Task WhatAnEngineKeeps_IsItsOwn()
    {
        Experiment[] experiments = [.. Enumerable.Range(1, 2).Select(seed => Small with { Seed = (ulong)seed, Optimizer = new Adam { Lr = 0.01 } })];
        TrainingSetup[] setups = JointRuns.Setups(experiments, Data);
        IReadOnlyList<IEngine> engines = Create(OpenCl, setups);
        int[][] found = await JointRuns.Together<int[]>(
            [.. engines.Select((engine, k) => (Func<int[]>)(() => TrainingTrial.Run(engine, setups[k], seed: (ulong)k)))]);
        for (int k = 0; k < engines.Count; k++)
        {
            using IEngine alone = ReferenceEngine.Create(setups[k]);
            Assert.Equal(TrainingTrial.Run(alone, setups[k], seed: (ulong)k), found[k]);
            Assert.EndsWith(", 2 networks side by side", engines[k].Description, StringComparison.Ordinal);
            engines[k].Dispose();
        }
    }

    [Fact]
    public void Alike_AreNetworksThatDifferInNumbersOnly()
    {
        TrainingSetup setup = Run.Setup(Small, Data);
        Assert.True(GpuEngine.AreAlike(setup, Run.Setup(Small with { Seed = 2, Optimizer = new Sgd { Lr = 1 }, Epochs = 2 }, Data)));
        Experiment[] others =
        [
            Small with { BatchSize = 15 }, Small with { Optimizer = new Adam { Lr = 0.1 } }, Small with { Data = new DataChoice { Validation = 13 } },
            Small with { Model = Small.Model with { Hidden = [9, 8] } }, Small with { Model = Small.Model with { Dropout = 0.1 } },
        ];
        Assert.All(others, other => Assert.False(GpuEngine.AreAlike(setup, Run.Setup(other, Data))));
        Assert.False(GpuEngine.AreAlike(setup, Run.Setup(Small, TestData.Set(70, 30, 12, 5))));
    }

    [Fact]
    public void NetworksThatAreNotAlike_OrNone_AreRefused_BeforeADeviceIsOpened()
    {
        TrainingSetup[] setups = JointRuns.Setups([Small, Small with { BatchSize = 15 }], Data);
        Assert.Throws<ArgumentException>(() => GpuEngine.CreateSideBySide(setups, GpuApi.OpenCl, 99));
        Assert.ThrowsAny<ArgumentException>(() => GpuEngine.CreateSideBySide([], GpuApi.OpenCl, 99));
    }

    [Theory]
    [InlineData(80L << 30, 64)]
    [InlineData(700L << 20, 16)]
    [InlineData(1L << 20, 1)]
    public void AsManyAsMemoryHasRoomFor_GoSideBySide(long memory, int expected)
    {
        // 2.4 MB of parameters, and as much again for the optimizer's state; 0.5 GiB is for what all share.
        TrainingSetup setup = Run.Setup(Small with { Model = new Model { Hidden = [768, 768] }, Optimizer = new Sgd { Lr = 0.1, Momentum = 0.9 } }, Data);
        int found = GpuEngine.MostSideBySide(setup, new GpuDeviceInfo(0, "", memory, "", null));
        Assert.InRange(found, Math.Max(1, expected - 8), Math.Min(64, expected + 8));
    }

    private static async Task SeedsAndRates(GpuMachine machine)
    {
        double[] rates = [0.1, 1e-30, 1e30, 0.5, 2];
        RunOutcome[] outcomes = await AssertSame(machine, [.. rates.Select((lr, k) => Small with
        {
            Seed = (ulong)k + 1,
            Model = new Model { Hidden = [9, 7] },
            Optimizer = new Sgd { Lr = lr, Momentum = 0.5 },
            EarlyStopping = k == 1 ? new EarlyStopping { Patience = 3 } : null,
            Schedule = new ReduceOnPlateau { Patience = 0, Factor = 0.5 },
        })]);
        Assert.Contains("has not fallen", outcomes[1].End, StringComparison.Ordinal);
        Assert.Contains("diverged", outcomes[2].End, StringComparison.Ordinal);
        Assert.Null(outcomes[0].End);
    }

    private static Task<RunOutcome[]> Distorted(GpuMachine machine) => AssertSame(machine, [.. Enumerable.Range(1, 3).Select(k => Small with
    {
        Seed = (ulong)k,
        Model = Small.Model with { Dropout = 0.2 * k, Normalization = new BatchNorm() },
        Optimizer = new Adam { Lr = 0.01 * k },
        Augmentation = new Augmentation { HorizontalFlip = new HorizontalFlip() },
        InputNoise = new InputNoise { Std = 0.1 * k },
        Epochs = 1 + k,
    })]);

    private static async Task<RunOutcome[]> AssertSame(GpuMachine machine, Experiment[] experiments)
    {
        IReadOnlyList<IEngine> engines = Create(machine, JointRuns.Setups(experiments, Data));
        RunOutcome[] outcomes = await JointRuns.Together(experiments, Data, engines);
        Assert.Equal(JointRuns.Alone(experiments, Data), outcomes);
        return outcomes;
    }

    private static IReadOnlyList<IEngine> Create(GpuMachine machine, IReadOnlyList<TrainingSetup> setups) =>
        GpuEngine.CreateSideBySide(setups, machine.Api, machine.Devices.Index);

    private sealed record GpuMachine(GpuApi Api, TestDevices Devices);
}
