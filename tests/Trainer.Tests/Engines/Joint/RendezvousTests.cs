using Trainer.Activations;
using Trainer.Augmentations;
using Trainer.Data;
using Trainer.Engines;
using Trainer.Engines.Joint;
using Trainer.Engines.Reference;
using Trainer.Failures;
using Trainer.Optimizers;
using Trainer.Regularizers;
using Trainer.Runs;
using Trainer.Schedules;

namespace Trainer.Tests.Engines.Joint;

/// <summary>Runs that meet become what each becomes alone, whatever happens to the others, and none waits for ever.</summary>
public class RendezvousTests
{
    private static readonly DataSet Data = TestData.Set(70, 30, 12, 5);

    private static readonly Experiment Small = new()
    {
        Name = "small",
        Model = new Model { Hidden = [6], Activation = new Sigmoid() },
        Optimizer = new Sgd { Lr = 0.1, Momentum = 0.9 },
        BatchSize = 16,
        Epochs = 3,
        Data = new DataChoice { Validation = 14 },
    };

    private static readonly Experiment[] Three = [.. Enumerable.Range(1, 3).Select(seed => Small with { Seed = (ulong)seed })];

    public static TheoryData<string> Kinds() => [.. Lists.Keys];

    private static Dictionary<string, Experiment[]> Lists { get; } = new()
    {
        ["seeds"] = Three,
        ["rates"] = [.. Three.Select((experiment, k) => experiment with { Optimizer = new Sgd { Lr = 0.01 * (k + 1), Momentum = 0.1 * k } })],
        ["epochs"] = [.. Three.Select((experiment, k) => experiment with { Epochs = 2 * k })],
        // One measures what another does not.
        ["measurements"] = [.. Three.Select((experiment, k) => experiment with { EvaluateTrain = k != 1 })],
        ["early stopping"] = [.. Three.Select((experiment, k) => experiment with
        {
            Optimizer = new Sgd { Lr = k == 1 ? 1e-30 : 0.1 },
            Epochs = 6,
            EarlyStopping = new EarlyStopping { Patience = 2 },
        })],
        ["divergence"] = [.. Three.Select((experiment, k) => experiment with
        {
            Model = new Model { Hidden = [6] },
            Optimizer = new Sgd { Lr = k == 0 ? 1e30 : 0.1 },
        })],
        ["plateau"] = [.. Three.Select((experiment, k) => experiment with
        {
            Schedule = new ReduceOnPlateau { Patience = 0, Factor = 0.5 },
            Optimizer = new Sgd { Lr = 0.4 + k },
            Epochs = 5,
        })],
        ["prepared inputs"] = [.. Three.Select((experiment, k) => experiment with { InputNoise = new InputNoise { Std = 0.1 * (k + 1) } })],
        // Whose steps cannot be made together: the others keep what they have.
        ["some with prepared inputs"] =
        [
            .. Three.Select((experiment, k) => experiment with
            {
                InputNoise = k == 1 ? new InputNoise { Std = 0.1 } : null,
                Optimizer = new Adam { Lr = 0.01 },
                Ema = new WeightAverage { Decay = 0.9 },
            }),
        ],
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task EachRun_IsAsAlone(string kind)
    {
        Experiment[] experiments = Lists[kind];
        (LoopedNetworks networks, IReadOnlyList<IEngine> engines) = Meet(experiments);
        Assert.Equal(JointRuns.Alone(experiments, Data), await JointRuns.Together(experiments, Data, engines));
        Assert.True(networks.IsDisposed);
    }

    [Theory]
    [InlineData("exception")]
    [InlineData("cancellation")]
    [InlineData("disposal")]
    public async Task ARunThatBreaksOff_AtAnyCall_LeavesTheOthersAlone(string how)
    {
        RunOutcome[] alone = JointRuns.Alone(Three, Data);
        int calls = await BreakOff(how, int.MaxValue, alone);
        Assert.InRange(calls, 20, 200);
        for (int call = 1; call <= calls; call++)
        {
            await BreakOff(how, call, alone);
        }
    }

    [Fact]
    public async Task AFailureOfTheDevice_ReachesAll()
    {
        int calls = 0;
        for (int failing = 1; failing == 1 || failing < calls; failing += 3)
        {
            (LoopedNetworks networks, IReadOnlyList<IEngine> engines) = Meet(Three);
            int now = failing;
            networks.AtCall = call => _ = call == now ? throw new DeviceException("lost") : 0;
            RunOutcome[] outcomes = await JointRuns.Together(Three, Data, engines);
            Assert.All(outcomes, outcome => Assert.Equal("DeviceException: lost", outcome.End));
            Assert.True(networks.IsDisposed);
            calls = calls == 0 ? await CallsOf(Three) : calls;
        }
    }

    [Fact]
    public async Task CallsOfDifferentLength_AreMadeInTheLongestCommonPieces()
    {
        (LoopedNetworks networks, IReadOnlyList<IEngine> engines) = Meet(Three[..2]);
        await JointRuns.Together<int>([() => Train(engines[0], 0, 3, 4), () => Train(engines[1], 0, 2, 4)]);
        Assert.Equal([(..2), (2..3), (3..4)], networks.Trained);
        Dispose(engines);
    }

    [Fact]
    public async Task ACallThatWaits_HearsThatItIsToStop()
    {
        (_, IReadOnlyList<IEngine> engines) = Meet(Three[..2]);
        using var source = new CancellationTokenSource();
        Task<int[]> waiting = JointRuns.Together<int>([() =>
        {
            engines[0].Evaluate(SplitName.Test, .., new RowResults(30), source.Token);
            return 0;
        }]);
        await Task.Delay(20);
        Assert.False(waiting.IsCompleted);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        // It takes part as before.
        await JointRuns.Together<int>([() => Train(engines[0], 0, 4), () => Train(engines[1], 0, 4)]);
        Dispose(engines);
    }

    [Fact]
    public async Task AMistakeInOneCall_IsItsOwn()
    {
        (LoopedNetworks networks, IReadOnlyList<IEngine> engines) = Meet(Three[..2]);
        EpochPlan plan = Plan(Three[0]);
        Assert.Throws<ArgumentException>(() => engines[0].Train(new EpochPlan([0], 99, 0, _ => 0.1), .., new RowResults(70)));
        Assert.Throws<ArgumentException>(() => engines[0].Train(plan, .., new RowResults(3)));
        Assert.Throws<ArgumentOutOfRangeException>(() => engines[0].Train(new EpochPlan([70], 16, 0, _ => 0.1), .., new RowResults(70)));
        plan.Inputs = new PreparedInputs(12);
        Assert.Throws<ArgumentOutOfRangeException>(() => engines[0].Train(plan, .., new RowResults(70)));
        Assert.Throws<ArgumentException>(() => engines[0].Evaluate(SplitName.Test, .., new RowResults(3)));
        Assert.Equal(0, networks.Calls);
        await JointRuns.Together<int>([() => Train(engines[0], 0, 4), () => Train(engines[1], 0, 4)]);
        Dispose(engines);
    }

    [Fact]
    public void AnEngineThatIsDisposedOf_IsOfNoUse_AndTheLastClosesTheDevice()
    {
        (LoopedNetworks networks, IReadOnlyList<IEngine> engines) = Meet(Three[..2]);
        engines[0].Dispose();
        engines[0].Dispose();
        Assert.Throws<ObjectDisposedException>(() => engines[0].Evaluate(SplitName.Test, .., new RowResults(30)));
        Assert.Throws<ObjectDisposedException>(() => engines[0].ReadParameters(new float[3]));
        Assert.False(networks.IsDisposed);
        Train(engines[1], 0, 4);
        engines[1].Dispose();
        Assert.True(networks.IsDisposed);
    }

    [Fact]
    public async Task EpochsOfDifferentLengths_AreMadeAllTheSame_ByThemselves()
    {
        // Nothing in common but the device: plans of other lengths and batch sizes, in between gradients.
        (LoopedNetworks networks, IReadOnlyList<IEngine> engines) = Meet(Three[..2]);
        TrainingSetup[] setups = JointRuns.Setups(Three[..2], Data);
        float[][] found = await JointRuns.Together<float[]>([() => OddAndOver(engines[0], 1), () => OddAndOver(engines[1], 2)]);
        for (int network = 0; network < 2; network++)
        {
            using IEngine alone = ReferenceEngine.Create(setups[network]);
            Assert.Equal(Odd(alone, network + 1), found[network]);
        }
        Assert.NotEmpty(networks.Trained);
        Assert.True(networks.IsDisposed);
    }

    private static float[] OddAndOver(IEngine engine, int kind)
    {
        using (engine)
        {
            return Odd(engine, kind);
        }
    }

    private static float[] Odd(IEngine engine, int kind)
    {
        float[] parameters = new float[6 * 13 + 5 * 7];
        Array.Fill(parameters, 0.1f * kind);
        engine.WriteParameters(parameters);
        var results = new RowResults(70);
        for (int epoch = 0; epoch < 3; epoch++)
        {
            var plan = new EpochPlan([.. Enumerable.Range(0, 20 + (7 * kind))], 5 + kind, epoch, _ => 0.1);
            engine.Train(plan, .., results);
            engine.Gradient([1, 2, 3], parameters);
        }
        float[] gradient = [.. parameters];
        engine.ReadParameters(parameters);
        return [.. gradient, .. parameters, .. results.Losses];
    }

    /// <summary>The second run breaks off before a call; how many it made.</summary>
    private static async Task<int> BreakOff(string how, int at, RunOutcome[] alone)
    {
        (LoopedNetworks networks, IReadOnlyList<IEngine> engines) = Meet(Three);
        TrainingSetup[] setups = JointRuns.Setups(Three, Data);
        using var source = new CancellationTokenSource();
        var intruded = new IntrudedEngine(engines[1], call => _ = call < at ? 0 : how switch
        {
            "exception" => throw new InvalidOperationException("broken off"),
            "cancellation" => Cancel(source),
            _ => Dispose([engines[1]]),
        });
        RunOutcome[] outcomes = await JointRuns.Together<RunOutcome>(
        [
            () => RunOutcome.Of(Three[0], setups[0], engines[0]),
            () => RunOutcome.Of(Three[1], setups[1], intruded, source.Token),
            () => RunOutcome.Of(Three[2], setups[2], engines[2]),
        ]);
        Assert.Equal((alone[0], alone[2]), (outcomes[0], outcomes[2]));
        Assert.StartsWith(outcomes[1].Records, alone[1].Records);
        Assert.True(networks.IsDisposed);
        return intruded.Calls;
    }

    private static async Task<int> CallsOf(Experiment[] experiments)
    {
        (LoopedNetworks networks, IReadOnlyList<IEngine> engines) = Meet(experiments);
        await JointRuns.Together(experiments, Data, engines);
        return networks.Calls;
    }

    private static (LoopedNetworks Networks, IReadOnlyList<IEngine> Engines) Meet(Experiment[] experiments)
    {
        TrainingSetup[] setups = JointRuns.Setups(experiments, Data);
        var networks = new LoopedNetworks(setups);
        return (networks, Rendezvous.Engines(setups, networks));
    }

    private static EpochPlan Plan(Experiment experiment) =>
        new([.. Enumerable.Range(0, 56)], experiment.BatchSize, 0, _ => 0.1);

    private static int Train(IEngine engine, params int[] bounds)
    {
        EpochPlan plan = Plan(Small);
        var results = new RowResults(70);
        for (int k = 1; k < bounds.Length; k++)
        {
            engine.Train(plan, bounds[k - 1]..bounds[k], results);
        }
        return plan.StepCount;
    }

    private static int Cancel(CancellationTokenSource source)
    {
        source.Cancel();
        return 0;
    }

    private static int Dispose(IEnumerable<IEngine> engines)
    {
        foreach (IEngine engine in engines)
        {
            engine.Dispose();
        }
        return 0;
    }
}
