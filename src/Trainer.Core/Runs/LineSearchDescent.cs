using System.Diagnostics;
using Trainer.Data;
using Trainer.Diagnostics;
using Trainer.Engines;
using Trainer.Failures;
using Trainer.Formulas;
using Trainer.Optimizers;

namespace Trainer.Runs;

/// <summary>
/// Epochs of one step of <see cref="LineSearch"/> each, over all training rows in their own order. The host makes the trial
/// steps, w_k ← fma(−t, g_k, w_k) in binary32 with t rounded to it, and the engine gives gradient and losses; so every engine
/// finds the same t.
/// </summary>
/// <param name="search">α, β, t₀ and how long to try.</param>
/// <param name="setup">What the engine was made for.</param>
/// <param name="epochs">All epochs.</param>
/// <param name="engine">What computes.</param>
/// <param name="measurement">Measures the training rows.</param>
/// <param name="observer">Who hears of it.</param>
internal sealed class LineSearchDescent(
    LineSearch search, TrainingSetup setup, int epochs, IEngine engine, Measurement measurement, IRunObserver observer) : IEpochDescent
{
    // A row's loss is the logarithm of a sum of 1 and more, less a difference of outputs, all rounded to half a unit in the last
    // place, 2⁻²⁴ of them; and two losses are compared. So 4 · 2⁻²⁴ of 1 + loss is not told from 0.
    private const double Rounding = 4.0 / (1 << 24);

    private readonly int[] _rows = [.. Enumerable.Range(0, setup.Data.Train.Count)];
    private readonly float[] _parameters = new float[setup.Shape.ParameterCount];
    private readonly float[] _gradient = new float[setup.Shape.ParameterCount];
    private readonly float[] _trial = new float[setup.Shape.ParameterCount];

    // What the accepted trial was measured to be: where the next step starts.
    private Evaluation? _reached;

    /// <inheritdoc/>
    public (TrainedEpoch? Trained, RunStop? Stop) Train(int epoch, EpochPart done, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        Evaluation before = _reached ?? measurement.Of(SplitName.Train, cancellation);
        engine.ReadParameters(_parameters);
        engine.Gradient(_rows, _gradient);
        double squared = EuclideanNorm.Squared(_gradient);
        if (!double.IsFinite(before.Loss) || !double.IsFinite(squared))
        {
            throw new DivergedException(FormattableString.Invariant(
                $"diverged: before step {epoch} the loss is {before.Loss} and its squared gradient {squared}; start from smaller weights (model.init)"));
        }
        if (Search(epoch, before.Loss, squared, cancellation) is not { } step)
        {
            engine.WriteParameters(_parameters);
            return (null, new RunStop(StopCause.Converged, epoch - 1, FormattableString.Invariant(
                $"no step of the line search lowers the training loss {before.Loss} any further (squared gradient {squared})")));
        }
        observer.OnProgress(new RunProgress(epoch, epochs, 1, 1));
        return (new TrainedEpoch(epoch, epoch, step.Size, before, new EpochPart(0, 0, 0, Stopwatch.GetElapsedTime(start)), step), null);
    }

    /// <inheritdoc/>
    public void Observe(EpochRecord record)
    {
        // The step sizes follow from the training loss alone.
    }

    /// <inheritdoc/>
    public DivergenceOrigin? OriginOf(Checkpoint good, int epoch, int step) => null;

    /// <summary>Leaves the engine at the first trial that the inequality accepts; null when the parameters are at a minimum, as
    /// far as binary32 tells.</summary>
    /// <exception cref="RunFailedException">No trial is accepted, and shorter ones would tell more.</exception>
    private LineSearchStep? Search(int number, double before, double squared, CancellationToken cancellation)
    {
        double t = search.T0;
        for (int trial = 0; trial < search.MaxTrials; trial++)
        {
            t = search.T0 * WholePower.Of(search.Beta, trial);
            if (!MakeTrial((float)t))
            {
                // So short that no parameter moves: shorter ones would move none either.
                return null;
            }
            engine.WriteParameters(_trial);
            Evaluation after = measurement.Of(SplitName.Train, cancellation);
            // A loss that is not a number is no fall.
            if (after.Loss < before && after.Loss <= before - search.Alpha * t * squared)
            {
                _reached = after;
                return new LineSearchStep(number, t, trial + 1, before, after.Loss, squared);
            }
        }
        // No loss is below 0; and where all that the slope promises of the last size is lost in rounding, so is that of shorter ones.
        return before == 0 || t * squared <= (1 + before) * Rounding ? null : throw Exhausted(number, t);
    }

    /// <summary>Ends the run at the parameters that its last step led to.</summary>
    private RunFailedException Exhausted(int number, double t)
    {
        engine.WriteParameters(_parameters);
        string sizes = search.MaxTrials == 1
            ? FormattableString.Invariant($"the only size, {t:G4}, does not lower")
            : FormattableString.Invariant($"none of the {search.MaxTrials} sizes from {search.T0:G4} down to {t:G4} lowers");
        return new RunFailedException(
            $"line search, step {number}: {sizes} the training loss enough; raise optimizer.max_trials or lower optimizer.t0");
    }

    /// <summary>w − t·g; whether any parameter moved.</summary>
    private bool MakeTrial(float t)
    {
        for (int k = 0; k < _trial.Length; k++)
        {
            _trial[k] = MathF.FusedMultiplyAdd(-t, _gradient[k], _parameters[k]);
        }
        return !_trial.AsSpan().SequenceEqual(_parameters);
    }
}
