using System.ComponentModel;
using Trainer.Configuration;

namespace Trainer.Schedules;

/// <summary>η, always.</summary>
[ConfigName("constant")]
[Description("the optimizer's rate, unchanged")]
public sealed record ConstantRate : Schedule
{
    /// <inheritdoc/>
    protected override double RateAfter(double lr, long t, StepCounts steps) => lr;
}
