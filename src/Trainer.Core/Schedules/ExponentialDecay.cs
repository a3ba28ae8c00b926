using System.ComponentModel;
using Trainer.Configuration;
using Trainer.Formulas;

namespace Trainer.Schedules;

/// <summary>η·γⁿ with n the epoch, counted from 0: constant within an epoch.</summary>
/// <remarks>PyTorch's <c>ExponentialLR</c>, stepped after every epoch.</remarks>
[ConfigName("exponential")]
[Description("times gamma every epoch")]
public sealed record ExponentialDecay : Schedule
{
    /// <summary>γ.</summary>
    [Bounds(0, 1, ExclusiveMinimum = true)]
    [Description("factor of an epoch")]
    public required double Gamma { get; init => field = Guard.InBounds<ExponentialDecay>(value); }

    /// <inheritdoc/>
    protected override double RateAfter(double lr, long t, StepCounts steps) =>
        lr * WholePower.Of(Gamma, t / steps.PerEpoch);
}
