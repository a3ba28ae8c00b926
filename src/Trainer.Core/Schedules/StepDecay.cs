using System.ComponentModel;
using Trainer.Configuration;
using Trainer.Formulas;

namespace Trainer.Schedules;

/// <summary>η·γⁿ with n = epoch div step_size, the epoch counted from 0: constant within an epoch.</summary>
/// <remarks>PyTorch's <c>StepLR</c>, stepped after every epoch. The power is multiplied anew each time, not carried on, so it
/// differs from PyTorch's by some roundings.</remarks>
[ConfigName("step")]
[Description("times gamma every step_size epochs")]
public sealed record StepDecay : Schedule
{
    /// <summary>Epochs between two drops.</summary>
    [Bounds(1, 100000)]
    [Description("epochs between two drops")]
    public required int StepSize { get; init => field = Guard.InBounds<StepDecay>(value); }

    /// <summary>γ.</summary>
    [Bounds(0, 1, ExclusiveMinimum = true)]
    [Description("factor of a drop")]
    public double Gamma { get; init => field = Guard.InBounds<StepDecay>(value); } = 0.1;

    /// <inheritdoc/>
    protected override double RateAfter(double lr, long t, StepCounts steps) =>
        lr * WholePower.Of(Gamma, t / steps.PerEpoch / StepSize);
}
