using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Trainer.Data;
using Trainer.Engines;
using Trainer.Failures;
using Trainer.Networks;
using Trainer.Randomness;
using Trainer.Schedules;

namespace Trainer.Runs;

/// <summary>
/// The epoch loop: decides the order of the rows and the learning rates, lets the engine carry them out slice by slice,
/// measures, and tells the observer.
/// </summary>
/// <param name="experiment">What to do.</param>
/// <param name="setup">The same, as the engine was made for.</param>
/// <param name="engine">What computes.</param>
/// <param name="observer">Who hears of it.</param>
/// <param name="traceSteps">How many of the first steps to trace (at most those of the first epoch); 0 for none.</param>
public sealed class Run(
    Experiment experiment, TrainingSetup setup, IEngine engine, IRunObserver observer, int traceSteps = 0)
{
    /// <summary>Digits of the digest that are recorded.</summary>
    private const int DigestDigits = 16;

    private const int MostSteps = 1 << 16;
    private const int FewestRows = 256;
    private const int MostRows = 1 << 16;

    private readonly SplitSet _data = setup.Data;
    private readonly float[] _parameters = new float[setup.Shape.ParameterCount];
    private readonly RowResults _results = new(
        new[] { setup.Data.Train.Count, setup.Data.Validation?.Count ?? 0, setup.Data.Test.Count }.Max());

    private readonly SliceLength _trainingSlice = new(first: 1, MostSteps);
    private readonly SliceLength _evaluationSlice = new(FewestRows, MostRows);
    private bool _traced;
    private Evaluation? _best;

    /// <summary>The setup of <paramref name="experiment"/> on <paramref name="data"/>.</summary>
    /// <exception cref="ConfigException">The experiment does not fit the data.</exception>
    public static TrainingSetup Setup(Experiment experiment, DataSet data)
    {
        if (experiment.Data.Validation >= data.Train.Count)
        {
            throw new ConfigException(
                $"data.validation: {experiment.Data.Validation} of {data.Train.Count} training images leave none to train on; choose fewer");
        }
        SplitSet splits = SplitSet.From(data, experiment.Data.Validation, experiment.Seed);
        Mlp network = experiment.Model.Network(data.Train.PixelsPerImage, data.ClassNames.Count, experiment.Loss);
        int batch = Math.Min(experiment.BatchSize, splits.Train.Count);
        if (experiment.Schedule.ProblemOf(Steps(experiment, splits.Train.Count)) is { } problem)
        {
            throw new ConfigException(problem);
        }
        return new TrainingSetup(network, experiment.Optimizer, splits, batch)
        {
            Regularization = experiment.Regularization,
            Clipping = experiment.Clipping,
            Average = experiment.Ema,
            MicroBatch = experiment.MicroBatch,
            Seed = experiment.Seed,
        };
    }

    /// <summary>How many steps the experiment has with so many training rows.</summary>
    public static StepCounts Steps(Experiment experiment, int trainingRows)
    {
        long perEpoch = (trainingRows + (long)experiment.BatchSize - 1) / experiment.BatchSize;
        return new StepCounts(perEpoch, perEpoch * experiment.Epochs);
    }

    /// <summary>Trains from the beginning to the end.</summary>
    /// <exception cref="OperationCanceledException">Asked to stop; every epoch that was told of is whole.</exception>
    /// <exception cref="DivergedException">The loss became infinite or not a number.</exception>
    public void Execute(CancellationToken cancellation)
    {
        experiment.Model.Init.Fill(setup.Shape, experiment.Seed, _parameters);
        engine.WriteParameters(_parameters);
        Record(0, 0, null, null, TimeSpan.Zero, cancellation);
        long step = 0;
        int[] order = new int[_data.Train.Count];
        StepCounts steps = Steps(experiment, order.Length);
        for (int epoch = 1; epoch <= experiment.Epochs; epoch++)
        {
            new Philox(experiment.Seed, RandomStream.Shuffle, (uint)epoch).Permutation(order);
            var plan = new EpochPlan(order, setup.BatchSize, step, number => experiment.Schedule.Rate(experiment.Optimizer.Lr, number, steps));
            long start = Stopwatch.GetTimestamp();
            Train(plan, epoch, cancellation);
            TimeSpan training = Stopwatch.GetElapsedTime(start);
            step += plan.StepCount;
            Evaluation running = _results.Summarize(_data.Train, order);
            Record(epoch, step, plan.LearningRates[^1], running, training, cancellation);
        }
    }

    private float[] FirstGradient(EpochPlan plan)
    {
        float[] gradient = new float[setup.Shape.ParameterCount];
        engine.Gradient(plan.Batch(0), gradient);
        return gradient;
    }

    private double[] StepLosses(EpochPlan plan)
    {
        double[] losses = new double[Math.Min(traceSteps, plan.StepCount)];
        for (int s = 0; s < losses.Length; s++)
        {
            losses[s] = _results.MeanLoss(plan.Rows(s).Start, plan.Rows(s).Count);
        }
        return losses;
    }

    private void Train(EpochPlan plan, int epoch, CancellationToken cancellation)
    {
        float[]? gradient = epoch == 1 && traceSteps > 0 ? FirstGradient(plan) : null;
        for (int step = 0; step < plan.StepCount;)
        {
            cancellation.ThrowIfCancellationRequested();
            int end = Math.Min(step + _trainingSlice.Length, plan.StepCount);
            long start = Stopwatch.GetTimestamp();
            engine.Train(plan, step..end, _results, cancellation);
            _trainingSlice.Adapt(end - step, Stopwatch.GetElapsedTime(start));
            StopIfDiverged(plan, epoch, step, end);
            step = end;
            if (gradient is not null && !_traced && step >= Math.Min(traceSteps, plan.StepCount))
            {
                // The parameters here are still those that epoch 0 was recorded with.
                observer.OnTrace(new RunTrace((float[])_parameters.Clone(), gradient, StepLosses(plan)));
                _traced = true;
            }
            observer.OnProgress(new RunProgress(epoch, experiment.Epochs, step, plan.StepCount));
        }
    }

    private void StopIfDiverged(EpochPlan plan, int epoch, int first, int end)
    {
        for (int s = first; s < end; s++)
        {
            (int start, int count) = plan.Rows(s);
            foreach (float loss in _results.Losses.AsSpan(start, count))
            {
                if (!float.IsFinite(loss))
                {
                    throw Diverged(loss, plan.FirstStep + s + 1, epoch);
                }
            }
        }
    }

    private static void StopIfDiverged(IEnumerable<double> losses, long step, int epoch)
    {
        foreach (double loss in losses.Where(loss => !double.IsFinite(loss)))
        {
            throw Diverged(loss, step, epoch);
        }
    }

    private static DivergedException Diverged(double loss, long step, int epoch) => new(
        $"diverged: the loss became {(double.IsNaN(loss) ? "not a number" : "infinite")} in step {step} (epoch {epoch}); try a smaller optimizer.lr");

    private void Record(
        int epoch, long step, double? lr, Evaluation? running, TimeSpan training, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        Evaluation? train = experiment.EvaluateTrain ? Measure(SplitName.Train, cancellation) : null;
        Evaluation? validation = _data.Validation is null ? null : Measure(SplitName.Validation, cancellation);
        Evaluation test = Measure(SplitName.Test, cancellation);
        TimeSpan evaluation = Stopwatch.GetElapsedTime(start);
        // The last step of an epoch may be the one that went too far; its own loss was still finite.
        StopIfDiverged(new[] { train, validation, test }.OfType<Evaluation>().Select(split => split.Loss), step, epoch);
        engine.ReadParameters(_parameters);
        bool isBest = validation is { } now && IsBetter(now);
        observer.OnEpoch(
            new EpochRecord(epoch, step, lr, running, train, validation, test, Digest(_parameters)),
            new EpochTiming(epoch, training, evaluation),
            _parameters,
            isBest);
    }

    private Evaluation Measure(SplitName name, CancellationToken cancellation)
    {
        Split split = _data[name];
        for (int row = 0; row < split.Count;)
        {
            cancellation.ThrowIfCancellationRequested();
            int end = Math.Min(row + _evaluationSlice.Length, split.Count);
            long start = Stopwatch.GetTimestamp();
            engine.Evaluate(name, row..end, _results, cancellation);
            _evaluationSlice.Adapt(end - row, Stopwatch.GetElapsedTime(start));
            row = end;
        }
        return _results.Summarize(split);
    }

    private bool IsBetter(Evaluation now)
    {
        bool better = _best is not { } best
            || now.Accuracy > best.Accuracy
            || (now.Accuracy == best.Accuracy && now.Loss < best.Loss);
        _best = better ? now : _best;
        return better;
    }

    /// <summary>First 16 hexadecimal digits of the SHA-256 of the parameters as little-endian binary32.</summary>
    private static string Digest(ReadOnlySpan<float> parameters)
    {
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("digests are made of little-endian numbers");
        }
        return Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(parameters)))[..DigestDigits];
    }
}
