using System.ComponentModel;
using Trainer.Configuration;

namespace Trainer.Schedules;

/// <summary>η/(1 + d·e) with e = t/(steps of an epoch), the epochs done, fractions included: moves with every step.</summary>
/// <remarks>Robbins and Monro's 1/t; PyTorch has none of that name.</remarks>
[ConfigName("inverse_time")]
[Description("divided by 1 + decay times the epochs done; moves with every step")]
public sealed record InverseTimeDecay : Schedule
{
    /// <summary>d, per epoch.</summary>
    [Bounds(0, Binary32Range.Largest, ExclusiveMinimum = true)]
    [Description("per epoch: with 1 the rate is half after the first epoch, a third after the second")]
    public required double Decay { get; init => field = Guard.InBounds<InverseTimeDecay>(value); }

    /// <inheritdoc/>
    protected override double RateAfter(double lr, long t, StepCounts steps) =>
        lr / (1 + Decay * ((double)t / steps.PerEpoch));
}
