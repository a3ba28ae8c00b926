using Trainer.Activations;
using Trainer.Data;
using Trainer.Engines;
using Trainer.Engines.Cpu;
using Trainer.Engines.Reference;
using Trainer.Failures;
using Trainer.Optimizers;
using Trainer.Runs;
using Trainer.Tests.Engines;
using Trainer.Yaml;

namespace Trainer.Tests.Runs;

public class LineSearchTests
{
    private const int Rows = 90;

    private static readonly DataSet Data = TestData.Set(Rows, 30, 12, 5);

    private static readonly Experiment LinearModel = new()
    {
        Name = "linear",
        Model = new Model { Hidden = [] },
        Optimizer = new LineSearch { T0 = 50 },
        BatchSize = 60_000,
        Epochs = 25,
    };

    [Theory]
    [InlineData(0.3, 0.8)]
    [InlineData(0.1, 0.5)]
    [InlineData(0.49, 0.9)]
    public void EveryStep_LowersTheLoss_ByTheLongestTrialThatTheInequalityAccepts(double alpha, double beta)
    {
        Experiment experiment = LinearModel with { Optimizer = new LineSearch { Alpha = alpha, Beta = beta, T0 = 50 } };
        TrainingSetup setup = Run.Setup(experiment, Data);
        using IEngine engine = CpuEngine.Create(setup, 1);
        var observer = new RecordingObserver();
        Assert.Null(new Run(experiment, setup, engine, observer).Execute(CancellationToken.None));
        for (int epoch = 1; epoch <= experiment.Epochs; epoch++)
        {
            LineSearchStep step = observer.Records[epoch].Search!;
            float[] w = observer.Parameters[epoch - 1], g = new float[w.Length];
            engine.WriteParameters(w);
            Assert.Equal(step.LossBefore, engine.Gradient([.. Enumerable.Range(0, Rows)], g));
            Assert.Equal(step.GradientSquared, g.Aggregate(0.0, (sum, x) => sum + ((double)x * x)));
            Assert.Equal((epoch, step.Size, step.LossAfter), (step.Step, observer.Records[epoch].Lr, observer.Records[epoch].Train!.Value.Loss));
            Assert.True(step.LossAfter < step.LossBefore);
            Assert.True(Accepts(step.Size, step.LossAfter));
            Assert.Equal(observer.Parameters[epoch], Moved(w, g, step.Size));
            for (int trial = 0; trial < step.Trials - 1; trial++)
            {
                double t = 50 * Math.Pow(beta, trial);
                Assert.False(Accepts(t, LossAt(engine, Moved(w, g, t))));
            }

            bool Accepts(double t, double loss) => loss <= step.LossBefore - (alpha * t * step.GradientSquared);
        }
    }

    /// <summary>The Hessian of the mean cross-entropy of a linear model is the mean of (diag(p) − p·pᵀ) ⊗ x·xᵀ with 1 appended to x
    /// for the bias, and diag(p) − p·pᵀ has no eigenvalue above 1/2. So M = mean ‖x‖²/2 bounds the curvature along every line.</summary>
    [Theory]
    [InlineData(0.3, 0.8, 50)]
    [InlineData(0.01, 0.5, 1000)]
    [InlineData(0.45, 0.95, 7)]
    public void Trials_AreNoMore_ThanTheCurvatureAllows(double alpha, double beta, double t0)
    {
        double m = 0.5 * Enumerable.Range(0, Rows).Average(
            row => 1 + Data.Train.Image(row).ToArray().Sum(pixel => pixel / 255.0 * (pixel / 255.0)));
        int most = 1 + (int)Math.Ceiling(Math.Log(t0 * m / (2 * (1 - alpha))) / Math.Log(1 / beta));
        (RecordingObserver observer, _) = Execute(LinearModel with { Optimizer = new LineSearch { Alpha = alpha, Beta = beta, T0 = t0 } });
        int[] trials = [.. observer.Records.Skip(1).Select(record => record.Search!.Trials)];
        Assert.All(trials, count => Assert.InRange(count, 2, most));
    }

    [Fact]
    public void Steps_HaveTheSameBits_OnEveryEngine()
    {
        Experiment experiment = LinearModel with { Model = new Model { Hidden = [7, 6], Activation = new Sigmoid() }, Epochs = 6 };
        (RecordingObserver expected, _) = Execute(experiment, setup => ReferenceEngine.Create(setup));
        foreach (int threads in (int[])[1, 2, 3])
        {
            (RecordingObserver found, _) = Execute(experiment, setup => CpuEngine.Create(setup, threads));
            Assert.Equal(expected.Records, found.Records);
        }
        // A step's loss before is that after the one before, and what is met on the way is what was measured last.
        Assert.Equal(expected.Records.SkipLast(1).Select(record => record.Train), expected.Records.Skip(1).Select(record => record.Running));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(2)]
    public void Run_AtTheMinimum_HasConverged_AndKeepsItsParameters(int maxTrials)
    {
        // Images without light leave the biases alone to learn, and the frequencies of the classes are what they come to.
        byte[] labels = [.. Enumerable.Range(0, Rows).Select(row => (byte)(row % 6 == 0 ? 1 : row % 2 * 2))];
        var images = new ImageSet(new byte[Rows * 4], labels, 1, 4);
        var dark = new DataSet("dark", "0", "made for a test", images, images, ["a", "b", "c"]);
        Experiment experiment = LinearModel with { Optimizer = new LineSearch { MaxTrials = maxTrials }, Epochs = 10_000 };
        TrainingSetup setup = Run.Setup(experiment, dark);
        using IEngine engine = CpuEngine.Create(setup, 1);
        var observer = new RecordingObserver();
        RunStop stop = new Run(experiment, setup, engine, observer).Execute(CancellationToken.None)!;
        Assert.Equal((StopCause.Converged, observer.Records[^1].Epoch), (stop.Cause, stop.Epoch));
        Assert.InRange(stop.Epoch, 5, 1000);
        double entropy = -labels.CountBy(label => label).Sum(count => (double)count.Value / Rows * Math.Log((double)count.Value / Rows));
        Assert.Equal(entropy, observer.Records[^1].Train!.Value.Loss, 1e-6);
        Assert.StartsWith($"converged after epoch {stop.Epoch} of 10000: no step of the line search lowers the training loss", stop.Describe(10_000));
        float[] parameters = new float[setup.Shape.ParameterCount];
        engine.ReadParameters(parameters);
        Assert.Equal(observer.Parameters[^1], parameters);
    }

    [Fact]
    public void TrialsThatAreAllTooLong_AreAFailure_AndNoConvergence()
    {
        Experiment experiment = LinearModel with { Optimizer = new LineSearch { T0 = 1e6, MaxTrials = 3 } };
        TrainingSetup setup = Run.Setup(experiment, Data);
        using IEngine engine = CpuEngine.Create(setup, 1);
        var observer = new RecordingObserver();
        var failure = Assert.Throws<RunFailedException>(() => new Run(experiment, setup, engine, observer).Execute(CancellationToken.None));
        Assert.Equal(
            "line search, step 1: none of the 3 sizes from 1E+06 down to 6.4E+05 lowers the training loss enough; raise optimizer.max_trials or lower optimizer.t0",
            failure.Message);
        Assert.Equal(ExitCode.Failure, failure.ExitCode);
        float[] parameters = new float[setup.Shape.ParameterCount];
        engine.ReadParameters(parameters);
        Assert.Equal(Assert.Single(observer.Parameters), parameters);
        (_, RunStop? none) = Execute(LinearModel with { Optimizer = new LineSearch { T0 = 1e6, MaxTrials = 100 } });
        Assert.Null(none);
    }

    [Fact]
    public void TheOnlyTrial_ThatIsTooLong_IsSaidToBe()
    {
        Experiment experiment = LinearModel with { Optimizer = new LineSearch { T0 = 2e6, MaxTrials = 1 } };
        Assert.StartsWith(
            "line search, step 1: the only size, 2E+06, does not lower the training loss enough",
            Assert.Throws<RunFailedException>(() => Execute(experiment)).Message);
    }

    [Fact]
    public void ALossOfNothing_HasConverged_HoweverSteepItIsSaidToBe()
    {
        Experiment experiment = LinearModel with { Optimizer = new LineSearch { T0 = 50, MaxTrials = 3 } };
        (RecordingObserver observer, RunStop? stop) = Execute(experiment, setup => new WatchedEngine(CpuEngine.Create(setup, 1))
        {
            AfterEvaluate = (_, _, results) => Array.Clear(results.Losses),
        });
        Assert.Equal((1, StopCause.Converged, 0), (observer.Records.Count, stop!.Cause, stop.Epoch));
    }

    [Fact]
    public void LossThatIsNoNumber_IsNotBlamedOnALearningRate()
    {
        int scans = 0;
        var failure = Assert.Throws<DivergedException>(() => Execute(LinearModel, setup => new WatchedEngine(CpuEngine.Create(setup, 1))
        {
            // After the network as it was made, after the first step.
            AfterEvaluate = (split, _, results) => results.Losses[0] = split == SplitName.Test && ++scans == 2 ? float.NaN : results.Losses[0],
        }));
        Assert.Equal("diverged: the loss became not a number in step 1 (epoch 1); try a smaller optimizer.t0", failure.Message);
    }

    [Fact]
    public void LossThatWasMeasured_IsNotMeasuredAgain_WhereTheNextStepStarts()
    {
        int scans = 0;
        (RecordingObserver observer, _) = Execute(LinearModel, setup => new WatchedEngine(CpuEngine.Create(setup, 1))
        {
            AfterEvaluate = (split, rows, _) => scans += split == SplitName.Train && rows.Start.Value == 0 ? 1 : 0,
        });
        // The start twice, as a record and by the first step; then every trial, and every record.
        Assert.Equal(2 + observer.Records.Skip(1).Sum(record => record.Search!.Trials + 1), scans);
    }

    [Fact]
    public void TrialsThatOverflow_AreShortened()
    {
        (RecordingObserver observer, _) = Execute(LinearModel with { Optimizer = new LineSearch { T0 = 1e30, Beta = 0.01 }, Epochs = 3 });
        Assert.All(observer.Records.Skip(1), record => Assert.True(record.Search!.Trials > 15 && record.Search.LossAfter < record.Search.LossBefore));
    }

    [Fact]
    public void Interrupt_AmongTheTrials_LeavesWholeEpochs()
    {
        using var source = new CancellationTokenSource();
        var observer = new RecordingObserver();
        TrainingSetup setup = Run.Setup(LinearModel, Data);
        int gradients = 0;
        using var engine = new WatchedEngine(CpuEngine.Create(setup, 1))
        {
            AfterGradient = () =>
            {
                if (++gradients == 3)
                {
                    source.Cancel();
                }
            },
        };
        Assert.Throws<OperationCanceledException>(
            () => new Run(LinearModel, setup, engine, observer).Execute(source.Token));
        (RecordingObserver whole, _) = Execute(LinearModel);
        Assert.Equal(whole.Records.Take(3), observer.Records);
    }

    [Fact]
    public void EarlyStopping_EndsALineSearchToo()
    {
        (RecordingObserver observer, RunStop? stop) = Execute(LinearModel with
        {
            Epochs = 1000,
            Data = new DataChoice { Validation = 20 },
            EarlyStopping = new EarlyStopping { Patience = 2 },
        });
        Assert.Equal((StopCause.EarlyStopping, observer.Records.Count - 1), (stop!.Cause, stop.Epoch));
    }

    [Theory]
    [InlineData("{name: line_search, alpha: 0.5}", "", "optimizer.alpha: must be greater than 0 and less than 0.5, not 0.5")]
    [InlineData("{name: line_search, beta: 1}", "", "optimizer.beta: must be greater than 0 and less than 1, not 1")]
    [InlineData("{name: line_search, max_trials: 0}", "", "optimizer.max_trials: must be at least 1")]
    [InlineData("{name: line_search, lr: 0.1}", "", "optimizer.lr: unknown key of 'line_search'; it belongs to")]
    [InlineData("line_search", "schedule: cosine", "schedule: line_search finds the size of every step by itself, so there is no rate to schedule; remove this key")]
    [InlineData("line_search", "schedule: {name: constant, warmup: {epochs: 1}}", "schedule: line_search finds the size of every step by itself")]
    public void Settings_ThatMakeNoSense_AreRefusedInALine(string optimizer, string more, string problem)
    {
        string message = Assert.Throws<ConfigException>(() => ConfigReader.ReadText<Experiment>(
            $"name: t\nmodel: {{hidden: []}}\noptimizer: {optimizer}\n{more}\n", "c.yaml")).Message;
        Assert.Contains(problem, message);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void Batches_OfLessThanAllRows_AreRefused_WithTheReason()
    {
        string message = Assert.Throws<ConfigException>(() => Run.Setup(LinearModel with { BatchSize = Rows - 1 }, Data)).Message;
        Assert.Equal("batch_size: line_search needs the loss over all rows: set batch_size: 90; mini-batches would give it another function at every step", message);
        Run.Setup(LinearModel with { BatchSize = Rows }, Data);
    }

    private static (RecordingObserver Observer, RunStop? Stop) Execute(Experiment experiment, Func<TrainingSetup, IEngine>? create = null)
    {
        var observer = new RecordingObserver();
        TrainingSetup setup = Run.Setup(experiment, Data);
        using IEngine engine = create?.Invoke(setup) ?? CpuEngine.Create(setup, 1);
        return (observer, new Run(experiment, setup, engine, observer).Execute(CancellationToken.None));
    }

    private static float[] Moved(float[] w, float[] g, double t) =>
        [.. w.Zip(g, (parameter, slope) => MathF.FusedMultiplyAdd(-(float)t, slope, parameter))];

    private static double LossAt(IEngine engine, float[] parameters)
    {
        var results = new RowResults(Rows);
        engine.WriteParameters(parameters);
        engine.Evaluate(SplitName.Train, .., results);
        return results.MeanLoss(0, Rows);
    }
}
