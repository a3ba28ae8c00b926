namespace Trainer.Schedules;

/// <summary>The rates of one run: those of a schedule, for an optimizer's rate and a number of steps.</summary>
/// <param name="schedule">The schedule.</param>
/// <param name="lr">The optimizer's rate η.</param>
/// <param name="steps">How long the run is.</param>
public class RateCourse(Schedule schedule, double lr, StepCounts steps)
{
    /// <summary>The schedule.</summary>
    protected Schedule Schedule { get; } = schedule;

    /// <summary>How long the run is.</summary>
    protected StepCounts Steps { get; } = steps;

    /// <summary>The learning rate of a step, by its number from 1 on, after what was observed so far.</summary>
    public virtual double Rate(long step) => Schedule.Rate(lr, step, Steps);

    /// <summary>Hears of the epoch that was trained last. A schedule that depends on the step alone does nothing with it.</summary>
    public virtual void Observe(MeasuredEpoch epoch)
    {
    }
}
