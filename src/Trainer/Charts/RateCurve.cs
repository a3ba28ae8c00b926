namespace Trainer.Charts;

/// <summary>What a learning rate's picture is drawn from.</summary>
/// <param name="Name">The configuration's name.</param>
/// <param name="Setting">What is trained, in a few words.</param>
/// <param name="ScheduleName">The schedule's name.</param>
/// <param name="StepCount">Steps of the run.</param>
/// <param name="StepsPerEpoch">Steps of an epoch.</param>
/// <param name="WarmupSteps">Steps of the warm-up; null without one.</param>
/// <param name="Rate">The rate of a step, by its number from 1.</param>
internal sealed record RateCurve(
    string Name, string Setting, string ScheduleName, long StepCount, long StepsPerEpoch, long? WarmupSteps, Func<long, double> Rate);
