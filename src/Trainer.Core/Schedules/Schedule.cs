using System.ComponentModel;

namespace Trainer.Schedules;

/// <summary>
/// The learning rate of each step, as a configuration names it. A rate is a pure function of the number of the step, so any
/// step can be asked for in any order, and it is computed from + − · / and formulas of our own in binary64
/// (<see cref="Formulas.Elementary64"/>), so that it has the same bits on every machine. A schedule that also looks at how the
/// run goes (<see cref="DependsOnTheRun"/>) gives a <see cref="RateCourse"/> that listens.
/// </summary>
/// <remarks>
/// t counts the steps made before the one asked for, from the end of the warm-up on: the schedule proper begins where the
/// warm-up ends and fits into the T steps that are left, as with PyTorch's <c>SequentialLR</c>. Each schedule says whether it
/// moves with every step or with every epoch (t div the steps of an epoch).
/// </remarks>
public abstract record Schedule
{
    /// <summary>How the rate rises at first; none to begin with the schedule at once.</summary>
    [Description("a rise to the schedule's first rate before the schedule itself begins; it then fits into the steps that are left")]
    public Warmup? Warmup { get; init; }

    /// <summary>Whether the rates follow from what the run measures, so that they cannot be told before it.</summary>
    public virtual bool DependsOnTheRun => false;

    /// <summary>The rates of a run that begins.</summary>
    /// <param name="lr">The optimizer's rate η.</param>
    /// <param name="steps">How long the run is.</param>
    public virtual RateCourse Course(double lr, StepCounts steps) => new(this, lr, steps);

    /// <summary>The learning rate of a step, as far as its number alone decides it.</summary>
    /// <param name="lr">The optimizer's rate η.</param>
    /// <param name="step">The number of the step, from 1.</param>
    /// <param name="steps">How long the run is.</param>
    public double Rate(double lr, long step, StepCounts steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(step, 1);
        long before = Warmup?.Length(steps.PerEpoch) ?? 0;
        // A warm-up as long as the run still rises to the schedule's first rate.
        StepCounts left = steps with { Total = Math.Max(1, steps.Total - before) };
        long done = step - 1;
        return done < before
            ? Warmup!.Factor(done, before) * RateAfter(lr, 0, left)
            : RateAfter(lr, done - before, left);
    }

    /// <summary>What does not fit the rest of the experiment: the key below <c>schedule</c>, and the problem.</summary>
    /// <param name="run">What it has to fit.</param>
    public virtual IEnumerable<(string Key, string Problem)> Problems(ScheduledRun run) =>
        Warmup is { Epochs: { } warm } && run.Epochs > 0 && warm > run.Epochs
            ? [("warmup.epochs", $"{warm} epochs are longer than the run of {run.Epochs}; choose fewer, or a greater 'epochs'")]
            : [];

    /// <summary>What does not fit once the number of steps is known; null when all does.</summary>
    /// <remarks>A run of no steps has no rates, so any schedule fits it.</remarks>
    public string? ProblemOf(StepCounts steps) =>
        Warmup is { } warmup && steps.Total > 0 && warmup.Length(steps.PerEpoch) > steps.Total
            ? $"schedule.warmup: {warmup.Length(steps.PerEpoch)} steps are longer than the run of {steps.Total}; choose fewer, or more epochs"
            : null;

    /// <summary>The rate of the schedule proper.</summary>
    /// <param name="lr">The optimizer's rate η.</param>
    /// <param name="t">Steps since the warm-up, from 0.</param>
    /// <param name="steps">T = <see cref="StepCounts.Total"/> steps behind the warm-up, at least 1.</param>
    protected abstract double RateAfter(double lr, long t, StepCounts steps);
}
