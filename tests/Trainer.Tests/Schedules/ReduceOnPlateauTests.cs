using Trainer.Data;
using Trainer.Engines;
using Trainer.Engines.Cpu;
using Trainer.Failures;
using Trainer.Optimizers;
using Trainer.Runs;
using Trainer.Schedules;
using Trainer.Tests.Engines;
using Trainer.Tests.Runs;
using Trainer.Yaml;

namespace Trainer.Tests.Schedules;

public class ReduceOnPlateauTests
{
    private static readonly GoldenRuns Golden = GoldenRuns.Read();

    public static TheoryData<int> All() => [.. Enumerable.Range(0, Golden.Plateaus.Count)];

    /// <summary>To the last bit: both multiply the rate before.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public void Rates_AreThoseOfPytorch_ToTheBit(int index)
    {
        GoldenRuns.Plateau golden = Golden.Plateaus[index];
        Assert.True(golden.Rates.Distinct().Count() > 1);
        Assert.Equal(golden.Rates, Rates(golden.Schedule, golden.Values, 3));
    }

    [Fact]
    public void Rate_IsThatOfTheWarmup_WhichIsNotLookedAt()
    {
        // Two epochs of warm-up: with patience 0 the values there would have reduced the rate once more.
        const string text = "{name: reduce_on_plateau, monitor: train_loss, patience: 0, factor: 0.5, warmup: {epochs: 2, start_factor: 0.5}}";
        double[] rates = Rates(text, [1, 2, 3, 4, 4, 2.5, 2], 1, lr: 0.4);
        Assert.Equal([0.2, 0.3, 0.4, 0.4, 0.2, 0.1, 0.1], rates, (x, y) => Math.Abs(x - y) < 1e-15);
    }

    [Fact]
    public void RatesOfARun_FollowFromItsRecordsAlone()
    {
        DataSet data = TestData.Set(90, 30, 12, 5);
        var experiment = new Experiment
        {
            Name = "plateau",
            Model = new Model { Hidden = [6] },
            Optimizer = new Sgd { Lr = 0.5 },
            Schedule = new ReduceOnPlateau { Patience = 1, Factor = 0.5, Warmup = new Warmup { Epochs = 2 } },
            BatchSize = 16,
            Epochs = 15,
            Data = new DataChoice { Validation = 20 },
        };
        TrainingSetup setup = Run.Setup(experiment, data);
        var observer = new RecordingObserver();
        using (IEngine engine = CpuEngine.Create(setup, 1))
        {
            Assert.Null(new Run(experiment, setup, engine, observer).Execute(CancellationToken.None));
        }
        RateCourse course = experiment.Schedule.Course(0.5, Run.Steps(experiment, 70));
        foreach (EpochRecord record in observer.Records.Skip(1))
        {
            Assert.Equal(course.Rate(record.Step), record.Lr);
            course.Observe(new MeasuredEpoch(record.Step, record.Train?.Loss, record.Validation?.Loss, record.Validation?.Accuracy));
        }
        Assert.True(observer.Records[^1].Lr < 0.5);
    }

    [Theory]
    [InlineData("reduce_on_plateau", "schedule.monitor: there is no validation split to look at, and the test split may not decide anything; set data.validation")]
    [InlineData("{name: reduce_on_plateau, monitor: val_accuracy}", "schedule.monitor: there is no validation split")]
    [InlineData("{name: reduce_on_plateau, monitor: train_loss}\nevaluate_train: false", "schedule.monitor: train_loss is not measured with evaluate_train: false")]
    [InlineData("{name: reduce_on_plateau, monitor: test_loss}", "schedule.monitor: 'test_loss' is not known; known: val_loss, val_accuracy, train_loss")]
    [InlineData("{name: reduce_on_plateau, monitor: train_loss, min_lr: 0.2}", "schedule.min_lr: 0.2 is above optimizer.lr 0.1")]
    [InlineData("{name: reduce_on_plateau, monitor: train_loss, factor: 1}", "schedule.factor: must be greater than 0 and less than 1, not 1")]
    [InlineData("{name: reduce_on_plateau, monitor: train_loss, threshold: 1}", "schedule.threshold: must be at least 0 and less than 1, not 1")]
    [InlineData("{name: reduce_on_plateau, monitor: train_loss, warmup: {epochs: 21}}", "schedule.warmup.epochs: 21 epochs are longer than the run of 20")]
    public void Schedule_ThatCannotBeFollowed_IsRefusedInALine(string text, string problem)
    {
        string message = Assert.Throws<ConfigException>(() => Read(text)).Message;
        Assert.StartsWith("c.yaml(4,", message);
        Assert.Contains(problem, message);
        Assert.DoesNotContain('\n', message);
    }

    private static double[] Rates(string text, double[] values, int perEpoch, double? lr = null)
    {
        Schedule schedule = Read(text + "\ndata: {validation: 10}", lr ?? Golden.Schedules.Lr).Schedule;
        RateCourse course = schedule.Course(lr ?? Golden.Schedules.Lr, new StepCounts(perEpoch, values.Length * perEpoch));
        var rates = new List<double>();
        for (int epoch = 0; epoch < values.Length; epoch++)
        {
            long first = (epoch * perEpoch) + 1, last = (epoch + 1) * perEpoch;
            rates.Add(course.Rate(first));
            Assert.True(schedule.Warmup is not null || course.Rate(last) == rates[^1]);
            course.Observe(new MeasuredEpoch(last, values[epoch], values[epoch], values[epoch]));
        }
        return [.. rates];
    }

    private static Experiment Read(string text, double lr = 0.1) => ConfigReader.ReadText<Experiment>(
        FormattableString.Invariant($"name: t\nmodel: {{hidden: []}}\noptimizer: {{name: sgd, lr: {lr}}}\nschedule: {text}\n"), "c.yaml");
}
