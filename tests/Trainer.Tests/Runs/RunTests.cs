using Trainer.Activations;
using Trainer.Data;
using Trainer.Engines;
using Trainer.Engines.Cpu;
using Trainer.Failures;
using Trainer.Networks;
using Trainer.Optimizers;
using Trainer.Runs;
using Trainer.Tests.Engines;

namespace Trainer.Tests.Runs;

public class RunTests
{
    private static readonly DataSet Data = TestData.Set(90, 30, 12, 5);

    private static readonly Experiment Small = new()
    {
        Name = "small",
        Model = new Model { Hidden = [6], Activation = new Sigmoid() },
        Optimizer = new Sgd { Lr = 0.1 },
        BatchSize = 16,
        Epochs = 3,
    };

    [Fact]
    public void Cancellation_LeavesWholeEpochs_AndStopsBeforeTheNextSlice()
    {
        using var source = new CancellationTokenSource();
        int slices = 0;
        var observer = new RecordingObserver
        {
            AtProgress = progress =>
            {
                if (progress.Epoch == 2)
                {
                    slices++;
                    source.Cancel();
                }
            },
        };
        Experiment slow = Small with { BatchSize = 1 };
        Assert.Throws<OperationCanceledException>(() => Execute(slow, observer, source.Token));
        Assert.Equal([0, 1], observer.Records.Select(record => record.Epoch));
        Assert.Equal(1, slices);
    }

    [Fact]
    public void EvaluateTrain_ChangesNoOtherNumber()
    {
        RecordingObserver with = Execute(Small), without = Execute(Small with { EvaluateTrain = false });
        Assert.All(without.Records, record => Assert.Null(record.Train));
        Assert.Equal(with.Records.Select(record => record with { Train = null }), without.Records);
    }

    [Fact]
    public void Running_IsTheMeanOverTheRowsAsTheyWereMet()
    {
        // With a rate too small to move anything, what was met on the way is what is measured at the end.
        RecordingObserver observer = Execute(Small with { Optimizer = new Sgd { Lr = 1e-30 } });
        EpochRecord last = observer.Records[^1];
        Assert.Equal(last.Train!.Value.Accuracy, last.Running!.Value.Accuracy);
        Assert.Equal(last.Train.Value.Loss, last.Running.Value.Loss, 1e-12);
        Assert.Single(observer.Records.Select(record => record.Digest).Distinct());
    }

    [Fact]
    public void Trace_HoldsTheFirstSteps_AndTheirStart()
    {
        var observer = new RecordingObserver();
        Execute(Small, observer, CancellationToken.None, traceSteps: 4);
        RunTrace trace = Assert.Single(observer.Traces);
        Assert.Equal(4, trace.Losses.Count);
        float[] initial = new float[trace.Initial.Length];
        Small.Model.Init.Fill(new MlpShape(12, 6, 5), Small.Seed, initial);
        Assert.Equal(initial, trace.Initial);
        Assert.Contains(trace.FirstGradient, g => g != 0);
        // Tracing changes no number.
        Assert.Equal(Execute(Small).Records, observer.Records);
    }

    [Fact]
    public void Validation_IsTakenFromTheTrainingRows_EachRowOnce_AndTheSameForEverySeedlessRepeat()
    {
        SplitSet splits = SplitSet.From(Data, 20, 7);
        Assert.Equal(70, splits.Train.Count);
        Assert.Equal(20, splits.Validation!.Count);
        Assert.Equal(Enumerable.Range(0, 90), splits.Train.Images.Concat(splits.Validation.Images).Order());
        Assert.Equal(splits.Validation.Images, SplitSet.From(Data, 20, 7).Validation!.Images);
        Assert.NotEqual(splits.Validation.Images, SplitSet.From(Data, 20, 8).Validation!.Images);
    }

    [Fact]
    public void BestEpoch_IsTheFirstOfHighestValidationAccuracy_ThenLowestLoss()
    {
        RecordingObserver observer = Execute(Small with { Epochs = 12, Optimizer = new Sgd { Lr = 2 }, Data = new DataChoice { Validation = 20 } });
        EpochRecord expected = observer.Records
            .OrderByDescending(record => record.Validation!.Value.Accuracy).ThenBy(record => record.Validation!.Value.Loss).First();
        Assert.Equal(expected.Epoch, observer.Best[^1]);
    }

    [Fact]
    public void Divergence_InTheVeryLastStep_IsFoundByTheMeasurement()
    {
        // One step an epoch: its loss is that of the untrained network, only what it leaves behind is beyond all numbers.
        var observer = new RecordingObserver();
        Experiment oneStep = Small with { Model = new Model { Hidden = [64, 64] }, Optimizer = new Sgd { Lr = 1e30 }, BatchSize = 90, Epochs = 1 };
        DivergedException failure = Assert.Throws<DivergedException>(() => Execute(oneStep, observer, CancellationToken.None));
        Assert.Contains("step 1 (epoch 1)", failure.Message);
        Assert.Equal([0], observer.Records.Select(record => record.Epoch));
    }

    private static RecordingObserver Execute(Experiment experiment)
    {
        var observer = new RecordingObserver();
        Execute(experiment, observer, CancellationToken.None);
        return observer;
    }

    private static void Execute(Experiment experiment, RecordingObserver observer, CancellationToken cancellation, int traceSteps = 0)
    {
        TrainingSetup setup = Run.Setup(experiment, Data);
        using IEngine engine = CpuEngine.Create(setup, 1);
        new Run(experiment, setup, engine, observer, traceSteps).Execute(cancellation);
    }
}
