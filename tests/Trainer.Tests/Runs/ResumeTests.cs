using Trainer.Augmentations;
using Trainer.Data;
using Trainer.Engines;
using Trainer.Engines.Cpu;
using Trainer.Engines.Reference;
using Trainer.Normalizations;
using Trainer.Optimizers;
using Trainer.Regularizers;
using Trainer.Runs;
using Trainer.Schedules;
using Trainer.Tests.Engines;

namespace Trainer.Tests.Runs;

public class ResumeTests
{
    private static readonly DataSet Data = TestData.Set(60, 20, 12, 5);

    private static readonly Experiment Small = new()
    {
        Name = "small",
        Model = new Model { Hidden = [6] },
        Optimizer = new Sgd { Lr = 0.1 },
        BatchSize = 16,
        Epochs = 3,
    };

    public static TheoryData<string> Experiments => [.. All.Keys];

    private static readonly IReadOnlyDictionary<string, Experiment> All = new Dictionary<string, Experiment>
    {
        ["sgd"] = Small,
        ["momentum, plateau"] = Small with
        {
            Optimizer = new Sgd { Lr = 0.5, Momentum = 0.9 },
            Schedule = new ReduceOnPlateau { Monitor = MonitoredQuantity.TrainLoss, Patience = 0, Threshold = 0.9 },
        },
        ["adam, dropout, batch norm"] = Small with
        {
            Optimizer = new Adam { Lr = 0.01 },
            Model = new Model { Hidden = [6, 5], Normalization = new BatchNorm(), Dropout = 0.3 },
        },
        ["nadam, cosine, average, noise"] = Small with
        {
            Optimizer = new NAdam { Lr = 0.01 },
            Schedule = new CosineAnnealing { Warmup = new Warmup { Steps = 5 } },
            Ema = new WeightAverage { Decay = 0.9 },
            InputNoise = new InputNoise { Std = 0.1 },
            Clipping = new GradientClipping { Norm = 0.5 },
        },
        ["early stopping"] = Small with
        {
            Optimizer = new Adam { Lr = 0.05 },
            Epochs = 12,
            Data = new DataChoice { Validation = 20 },
            EarlyStopping = new EarlyStopping { Patience = 2, Monitor = ValidationQuantity.ValAccuracy },
        },
        ["line search"] = Small with { Optimizer = new LineSearch(), BatchSize = 60 },
        ["every optimizer's state"] = Small with { Optimizer = new AdaBelief { Lr = 0.01 }, EvaluateTrain = false },
    };

    [Theory]
    [MemberData(nameof(Experiments))]
    public void ARun_StoppedAtEveryPlaceInTurn_AndGoneOn_IsTheRunThatWentThrough(string name)
    {
        Experiment experiment = All[name];
        var through = new RecordingObserver();
        RunStop? end = Execute(experiment, through, CancellationToken.None, new MemoryStore(experiment));
        for (int slices = 0; ; slices++)
        {
            using var source = new CancellationTokenSource();
            int seen = 0;
            var observer = new RecordingObserver { AtProgress = _ => Stop(source, seen++ == slices) };
            var store = new MemoryStore(experiment);
            RunStop? stop = null;
            bool stopped = false;
            try
            {
                stop = Execute(experiment, observer, source.Token, store);
            }
            catch (OperationCanceledException)
            {
                stopped = true;
                stop = Execute(experiment, observer, CancellationToken.None, new MemoryStore(experiment), store.From(observer.Records), other: true);
            }
            Assert.Equal(through.Records, observer.Records);
            Assert.Equal(through.Parameters, observer.Parameters);
            Assert.Equal(through.Best, observer.Best);
            Assert.Equal(end, stop);
            if (!stopped)
            {
                Assert.True(slices >= 3, "it was stopped at every slice");
                return;
            }
        }
    }

    [Theory]
    [MemberData(nameof(Experiments))]
    public void ARun_GoesOnFromEveryCheckpoint(string name)
    {
        Experiment experiment = All[name];
        var through = new RecordingObserver();
        var store = new MemoryStore(experiment) { IsAlwaysDue = true };
        Execute(experiment, through, CancellationToken.None, store);
        Assert.True(store.Checkpoints.Count >= 3);
        foreach (Checkpoint checkpoint in store.Checkpoints)
        {
            var observer = new RecordingObserver();
            Execute(experiment, observer, CancellationToken.None, new MemoryStore(experiment), MemoryStore.From(checkpoint, through.Records), other: true);
            Assert.Equal(through.Records.Skip(checkpoint.Epoch + 1), observer.Records);
            Assert.Equal(through.Parameters[^1], observer.Parameters.LastOrDefault() ?? through.Parameters[^1]);
        }
    }

    [Fact]
    public void AStop_WhileAnEpochIsMeasured_KeepsWhatWasTrained()
    {
        Experiment experiment = All["nadam, cosine, average, noise"];
        using var source = new CancellationTokenSource();
        var observer = new RecordingObserver { AtProgress = progress => Stop(source, progress is { Epoch: 2, Step: 4 }) };
        var store = new MemoryStore(experiment);
        Assert.Throws<OperationCanceledException>(() => Execute(experiment, observer, source.Token, store));
        Checkpoint kept = store.Checkpoints[^1];
        Assert.Equal((1, 4), (kept.Epoch, kept.Part.Step));
        Execute(experiment, observer, CancellationToken.None, new MemoryStore(experiment), store.From(observer.Records));
        var through = new RecordingObserver();
        Execute(experiment, through, CancellationToken.None, new MemoryStore(experiment));
        Assert.Equal(through.Records, observer.Records);
    }

    [Fact]
    public void ARun_ThatGoesOnAndIsStoppedAtOnce_IsWhereItWas()
    {
        var store = new MemoryStore(Small) { IsAlwaysDue = true };
        var through = new RecordingObserver();
        Execute(Small, through, CancellationToken.None, store);
        using var stopped = new CancellationTokenSource();
        stopped.Cancel();
        var again = new MemoryStore(Small);
        var observer = new RecordingObserver();
        Assert.Throws<OperationCanceledException>(() => Execute(
            Small, observer, stopped.Token, again, MemoryStore.From(store.Checkpoints[1], through.Records)));
        Assert.Empty(observer.Records);
        Assert.Empty(again.Checkpoints);
    }

    private static void Stop(CancellationTokenSource source, bool now)
    {
        if (now)
        {
            source.Cancel();
        }
    }

    private static RunStop? Execute(
        Experiment experiment, RecordingObserver observer, CancellationToken cancellation, MemoryStore store, Resumption? from = null, bool other = false)
    {
        TrainingSetup setup = Run.Setup(experiment, Data);
        using IEngine engine = other ? ReferenceEngine.Create(setup) : CpuEngine.Create(setup, 1);
        return new Run(experiment, setup, engine, observer, checkpoints: store) { From = from }.Execute(cancellation);
    }

    /// <summary>Keeps copies of all checkpoints.</summary>
    private sealed class MemoryStore(Experiment experiment) : ICheckpointStore
    {
        public bool IsAlwaysDue { get; init; }

        public List<Checkpoint> Checkpoints { get; } = [];

        public bool IsDue(int epoch, int step) => IsAlwaysDue;

        public void Save(Checkpoint checkpoint)
        {
            var copy = new NetworkState(Run.Setup(experiment, Data), checkpoint.Network.Optimizer.Count);
            checkpoint.Network.Parameters.CopyTo(copy.Parameters, 0);
            checkpoint.Network.Statistics.CopyTo(copy.Statistics, 0);
            checkpoint.Network.Average?.CopyTo(copy.Average!, 0);
            for (int k = 0; k < copy.Optimizer.Count; k++)
            {
                checkpoint.Network.Optimizer[k].CopyTo(copy.Optimizer[k], 0);
            }
            Checkpoints.Add(checkpoint with { Network = copy });
        }

        public Resumption From(IReadOnlyList<EpochRecord> records) => From(Checkpoints[^1], records);

        public static Resumption From(Checkpoint checkpoint, IReadOnlyList<EpochRecord> records) =>
            new(checkpoint, [.. records.Take(checkpoint.Epoch + 1)]);
    }
}
