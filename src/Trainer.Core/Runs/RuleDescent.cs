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
/// <param name="keeper">Keeps the run between two slices.</param>
/// <param name="threads">Threads that prepare inputs, at most; null for as many as there are cores.</param>
internal sealed partial class RuleDescent(
    Experiment experiment, TrainingSetup setup, RateCourse rates, IEngine engine, RowResults results, IRunObserver observer,
    FirstSteps firstSteps, Keeper keeper, int? threads) : IEpochDescent
{
    private const int MostSteps = 1 << 16;

    // Prepared inputs of a slice: 64 MiB.
    private const int MostNumbers = 1 << 24;

    private readonly Split _train = setup.Data.Train;
    private readonly int[] _order = new int[setup.Data.Train.Count];
    private readonly PreparedInputs? _inputs =
        experiment.Augmentation is null && experiment.InputNoise is null ? null : new PreparedInputs(setup.Shape.Inputs);

    private readonly SliceLength _slice = new(first: 1, LongestSlice(experiment, setup));

    /// <inheritdoc/>
    public (TrainedEpoch? Trained, RunStop? Stop) Train(int epoch, EpochPart done, CancellationToken cancellation)
    {
        EpochPlan plan = Plan(epoch);
        if (done.Step == 0)
        {
            firstSteps.Begin(plan);
        }
        while (done.Step < plan.StepCount)
        {
            // Nothing was done since the last time: asked here, a run that is stopped before its first slice loses nothing.
            cancellation.ThrowIfCancellationRequested();
            done = TrainSlice(plan, epoch, done);
            firstSteps.After(plan, done.Step);
            observer.OnProgress(new RunProgress(epoch, experiment.Epochs, done.Step, plan.StepCount));
            if (done.Step < plan.StepCount)
            {
                keeper.AfterSlice(epoch - 1, done, cancellation);
            }
        }
        return (new TrainedEpoch(epoch, plan.FirstStep + plan.StepCount, plan.LearningRates[^1], done.Mean(_order.Length), done), null);
    }

    private EpochPlan Plan(int epoch)
    {
        new Philox(experiment.Seed, RandomStream.Shuffle, (uint)epoch).Permutation(_order);
        long perEpoch = (_order.Length + (long)setup.BatchSize - 1) / setup.BatchSize;
        return new EpochPlan(_order, setup.BatchSize, (epoch - 1) * perEpoch, rates.Rate) { Inputs = _inputs };
    }

    /// <summary>Makes as many steps as fit into a slice. They are made whole, whoever asks to stop: a step that was left in the middle
    /// would leave parameters that are good for nothing.</summary>
    private EpochPart TrainSlice(EpochPlan plan, int epoch, EpochPart done)
    {
        int end = Math.Min(done.Step + _slice.Length, plan.StepCount);
        long start = Stopwatch.GetTimestamp();
        Prepare(plan, epoch, done.Step..end);
        engine.Train(plan, done.Step..end, results, CancellationToken.None);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        _slice.Adapt(end - done.Step, elapsed);
        Divergence.Check(results, plan, epoch, done.Step, end, experiment.Optimizer);
        (double lossSum, int correct) = (done.LossSum, done.Correct);
        int first = plan.Rows(done.Step).Start;
        (int lastStart, int lastCount) = plan.Rows(end - 1);
        for (int k = first; k < lastStart + lastCount; k++)
        {
            lossSum += results.Losses[k];
            correct += results.Predictions[k] == _train.Label(plan.Order[k]) ? 1 : 0;
        }
        return new EpochPart(end, lossSum, correct, done.Training + elapsed);
    }

    private void Prepare(EpochPlan plan, int epoch, Range steps) => _inputs?.Fill(
        _train, plan, steps, experiment.Augmentation, experiment.InputNoise, experiment.Seed, (uint)epoch, threads);

    private static int LongestSlice(Experiment experiment, TrainingSetup setup) =>
        experiment.Augmentation is null && experiment.InputNoise is null
            ? MostSteps
            : (int)Math.Clamp(MostNumbers / ((long)setup.BatchSize * setup.Shape.Inputs), 1, MostSteps);

    /// <inheritdoc/>
    public void Observe(EpochRecord record) => rates.Observe(new MeasuredEpoch(
        record.Step, record.Train?.Loss, record.Validation?.Loss, record.Validation?.Accuracy));
}
