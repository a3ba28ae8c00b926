namespace Trainer.Schedules;

/// <summary>The rates of one run under <see cref="ReduceOnPlateau"/>.</summary>
/// <remarks>Rate, best value and counters are a fold over the epochs that were observed, and <c>metrics.csv</c> keeps what is
/// monitored to the last bit: a run that goes on from a checkpoint gets this state back by observing the recorded epochs
/// again, from epoch 1.</remarks>
/// <param name="plateau">The schedule.</param>
/// <param name="lr">The optimizer's rate η.</param>
/// <param name="steps">How long the run is.</param>
internal sealed class PlateauCourse(ReduceOnPlateau plateau, double lr, StepCounts steps) : RateCourse(plateau, lr, steps)
{
    private readonly long _warmup = plateau.Warmup?.Length(steps.PerEpoch) ?? 0;
    private double _lr = lr;
    private double? _best;
    private int _badEpochs;
    private int _cooldownLeft;

    /// <inheritdoc/>
    public override double Rate(long step) => Schedule.Rate(_lr, step, Steps);

    /// <inheritdoc/>
    public override void Observe(MeasuredEpoch epoch)
    {
        // An epoch at rates that were still rising says nothing about a plateau.
        if (epoch.Step <= _warmup)
        {
            return;
        }
        double value = epoch[plateau.Monitor];
        bool better = _best is not { } best || IsBetter(value, best);
        _best = better ? value : _best;
        _badEpochs = better ? 0 : _badEpochs + 1;
        if (_cooldownLeft > 0)
        {
            _cooldownLeft--;
            _badEpochs = 0;
        }
        if (_badEpochs > plateau.Patience)
        {
            Reduce();
            _cooldownLeft = plateau.Cooldown;
            _badEpochs = 0;
        }
    }

    private void Reduce()
    {
        double reduced = Math.Max(_lr * plateau.Factor, plateau.MinLr);
        _lr = _lr - reduced > plateau.Eps ? reduced : _lr;
    }

    private bool IsBetter(double value, double best) => (plateau.Monitor, plateau.ThresholdMode) switch
    {
        (MonitoredQuantity.ValAccuracy, ThresholdMode.Rel) => value > best * (1 + plateau.Threshold),
        (MonitoredQuantity.ValAccuracy, _) => value > best + plateau.Threshold,
        (_, ThresholdMode.Rel) => value < best * (1 - plateau.Threshold),
        _ => value < best - plateau.Threshold,
    };
}
