using System.Globalization;
using Trainer.Data;
using Trainer.Engines;
using Trainer.Engines.Cpu;
using Trainer.Failures;
using Trainer.Optimizers;
using Trainer.Runs;
using Trainer.Tests.Engines;
using Trainer.Yaml;

namespace Trainer.Tests.Runs;

public class EarlyStoppingTests
{
    private static readonly DataSet Data = TestData.Set(90, 30, 12, 5);

    private static readonly Experiment Small = new()
    {
        Name = "small",
        Model = new Model { Hidden = [6] },
        Optimizer = new Sgd { Lr = 0.5 },
        BatchSize = 16,
        Epochs = 40,
        Data = new DataChoice { Validation = 20 },
    };

    [Theory]
    [InlineData("2 1 0.9 0.8 0.8 0.8 0.8", 3, 0, 6)]
    [InlineData("2 1 0.9 0.8 0.8 0.8 0.7", 3, 0, null)]
    [InlineData("2 2.1", 1, 0, 1)]
    [InlineData("2 1.95 1.85 1.84 1.83", 2, 0.1, 4)]
    // Small falls add up until one of them is an improvement on the value to beat.
    [InlineData("2 1.95 1.89 1.85 1.78", 2, 0.1, null)]
    [InlineData("2 1.9 1.8 1.9 2 2.1", 3, 0, 5)]
    public void Stop_ComesAfterPatienceEpochsWithoutAnImprovement(string losses, int patience, double minDelta, int? expected)
    {
        double[] values = [.. losses.Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
        Assert.Equal(expected, StopEpoch(new EarlyStopping { Patience = patience, MinDelta = minDelta }, values, value => new Evaluation(value, 0.5)));
        // The same, upside down.
        Assert.Equal(expected, StopEpoch(
            new EarlyStopping { Patience = patience, MinDelta = minDelta, Monitor = ValidationQuantity.ValAccuracy },
            values, value => new Evaluation(1, 3 - value)));
    }

    [Fact]
    public void Run_ThatDoesNotImprove_EndsWithTheEpochThatDecidedIt()
    {
        // A rate too small to move anything.
        (RecordingObserver observer, RunStop? stop) = Execute(Small with { Optimizer = new Sgd { Lr = 1e-30 }, EarlyStopping = new EarlyStopping { Patience = 3 } });
        Assert.Equal([0, 1, 2, 3], observer.Records.Select(record => record.Epoch));
        Assert.Equal((StopCause.EarlyStopping, 3), (stop!.Cause, stop.Epoch));
        string loss = observer.Records[0].Validation!.Value.Loss.ToString(CultureInfo.InvariantCulture);
        Assert.Equal($"stopped early after epoch 3 of 40: val_loss has not fallen below the {loss} of epoch 0 for 3 epochs", stop.Describe(40));
    }

    [Fact]
    public void Run_ThatStops_IsTheBeginningOfTheOneThatDoesNot()
    {
        (RecordingObserver whole, RunStop? none) = Execute(Small);
        (RecordingObserver stopped, RunStop? stop) = Execute(Small with { EarlyStopping = new EarlyStopping { Patience = 2 } });
        Assert.Null(none);
        Assert.InRange(stop!.Epoch, 2, 39);
        Assert.Equal(whole.Records.Take(stop.Epoch + 1), stopped.Records);
    }

    [Fact]
    public void Run_WhosePatienceEndsWithItsLastEpoch_HasNotStoppedEarly()
    {
        Experiment still = Small with { Optimizer = new Sgd { Lr = 1e-30 }, Epochs = 3, EarlyStopping = new EarlyStopping { Patience = 3 } };
        (RecordingObserver observer, RunStop? stop) = Execute(still);
        Assert.Equal((4, null), (observer.Records.Count, stop));
    }

    [Theory]
    [InlineData(ValidationQuantity.ValLoss)]
    [InlineData(ValidationQuantity.ValAccuracy)]
    public void BestEpoch_IsChosenByWhatIsMonitored(ValidationQuantity monitor)
    {
        (RecordingObserver observer, _) = Execute(Small with { EarlyStopping = new EarlyStopping { Patience = 100, Monitor = monitor } });
        EpochRecord byLoss = observer.Records.OrderBy(record => record.Validation!.Value.Loss).First();
        EpochRecord byAccuracy = observer.Records
            .OrderByDescending(record => record.Validation!.Value.Accuracy).ThenBy(record => record.Validation!.Value.Loss).First();
        Assert.NotEqual(byLoss.Epoch, byAccuracy.Epoch);
        Assert.Equal((monitor == ValidationQuantity.ValLoss ? byLoss : byAccuracy).Epoch, observer.Best[^1]);
    }

    [Theory]
    [InlineData("{}", "early_stopping: there is no validation split to stop by; set data.validation, e.g. 5000 (never the test split")]
    [InlineData("{patience: 0}", "early_stopping.patience: must be at least 1 and at most 100000, not 0")]
    [InlineData("{min_delta: -1}", "early_stopping.min_delta: must be at least 0")]
    [InlineData("{monitor: test_accuracy}", "early_stopping.monitor: 'test_accuracy' is not known; did you mean 'val_accuracy'?")]
    public void Settings_ThatMakeNoSense_AreRefusedInALine(string text, string problem)
    {
        string message = Assert.Throws<ConfigException>(() => Read($"early_stopping: {text}")).Message;
        Assert.StartsWith("c.yaml(4,", message);
        Assert.Contains(problem, message);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void Configuration_WithoutIt_HasTheTextAndHashOfBefore()
    {
        Assert.DoesNotContain("early_stopping", ConfigWriter.Write(Read("early_stopping: null")));
        Assert.Equal(ConfigHash.Of(Read("")), ConfigHash.Of(Read("early_stopping: null")));
        Assert.NotEqual(ConfigHash.Of(Read("data: {validation: 9}")), ConfigHash.Of(Read("early_stopping: {}\ndata: {validation: 9}")));
    }

    private static int? StopEpoch(EarlyStopping settings, double[] values, Func<double, Evaluation> validation)
    {
        var watch = new EarlyStoppingWatch(settings);
        for (int epoch = 0; epoch < values.Length; epoch++)
        {
            watch.Observe(new EpochRecord(epoch, epoch, null, null, null, validation(values[epoch]), default, ""));
            if (watch.Stop is { } stop)
            {
                return stop.Epoch;
            }
        }
        return null;
    }

    private static (RecordingObserver Observer, RunStop? Stop) Execute(Experiment experiment)
    {
        var observer = new RecordingObserver();
        TrainingSetup setup = Run.Setup(experiment, Data);
        using IEngine engine = CpuEngine.Create(setup, 1);
        return (observer, new Run(experiment, setup, engine, observer).Execute(CancellationToken.None));
    }

    private static Experiment Read(string more) => ConfigReader.ReadText<Experiment>(
        $"name: t\nmodel: {{hidden: []}}\noptimizer: {{name: sgd, lr: 0.1}}\n{more}\n", "c.yaml");
}
