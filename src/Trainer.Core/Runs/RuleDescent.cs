using System.Diagnostics;
using Trainer.Data;
using Trainer.Engines;
using Trainer.Randomness;
using Trainer.Schedules;

namespace Trainer.Runs;

/// <summary>
/// Epochs by the engine's update rule: rows in a new order every epoch, a learning rate for each step, and the engine carries them
/// out slice by slice.
/// </summary>
/// <param name="experiment">What to do.</param>
/// <param name="setup">The same, as the engine was made for.</param>
/// <param name="rates">The learning rates.</param>
/// <param name="engine">What computes.</param>
/// <param name="results">Room for what comes of each training row.</param>
/// <param name="observer">Who hears of it.</param>
/// <param name="firstSteps">Traces the first steps.</param>
/// <param name="threads">Threads that prepare inputs, at most; null for as many as there are cores.</param>
internal sealed class RuleDescent(
    Experiment experiment, TrainingSetup setup, RateCourse rates, IEngine engine, RowResults results, IRunObserver observer,
    FirstSteps firstSteps, int? threads) : IEpochDescent
{
    private const int MostSteps = 1 << 16;

    // Prepared inputs of a slice: 64 MiB.
    private const int MostNumbers = 1 << 24;

    private readonly Split _train = setup.Data.Train;
    private readonly int[] _order = new int[setup.Data.Train.Count];
    private readonly PreparedInputs? _inputs =
        experiment.Augmentation is null && experiment.InputNoise is null ? null : new PreparedInputs(setup.Shape.Inputs);

    private readonly SliceLength _slice = new(first: 1, LongestSlice(experiment, setup));
    private long _step;

    /// <inheritdoc/>
    public (TrainedEpoch? Trained, RunStop? Stop) Train(int epoch, CancellationToken cancellation)
    {
        new Philox(experiment.Seed, RandomStream.Shuffle, (uint)epoch).Permutation(_order);
        var plan = new EpochPlan(_order, setup.BatchSize, _step, rates.Rate);
        plan.Inputs = _inputs;
        firstSteps.Begin(plan);
        for (int step = 0; step < plan.StepCount;)
        {
            cancellation.ThrowIfCancellationRequested();
            int end = Math.Min(step + _slice.Length, plan.StepCount);
            long start = Stopwatch.GetTimestamp();
            _inputs?.Fill(_train, plan, step..end, experiment.Augmentation, experiment.InputNoise, experiment.Seed, (uint)epoch, threads);
            engine.Train(plan, step..end, results, cancellation);
            _slice.Adapt(end - step, Stopwatch.GetElapsedTime(start));
            Divergence.Check(results, plan, epoch, step, end, experiment.Optimizer);
            step = end;
            firstSteps.After(plan, step);
            observer.OnProgress(new RunProgress(epoch, experiment.Epochs, step, plan.StepCount));
        }
        _step += plan.StepCount;
        return (new TrainedEpoch(epoch, _step, plan.LearningRates[^1], results.Summarize(_train, _order)), null);
    }

    private static int LongestSlice(Experiment experiment, TrainingSetup setup) =>
        experiment.Augmentation is null && experiment.InputNoise is null
            ? MostSteps
            : (int)Math.Clamp(MostNumbers / ((long)setup.BatchSize * setup.Shape.Inputs), 1, MostSteps);

    /// <inheritdoc/>
    public void Observe(EpochRecord record) => rates.Observe(new MeasuredEpoch(
        record.Step, record.Train?.Loss, record.Validation?.Loss, record.Validation?.Accuracy));
}
