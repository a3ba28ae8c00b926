using System.ComponentModel;
using Trainer.Configuration;
using Trainer.Formulas;

namespace Trainer.Schedules;

/// <summary>η·(1 − t/T)ᵖ: moves with every step, and would be 0 in the step behind the last.</summary>
/// <remarks>PyTorch's <c>PolynomialLR</c> with total_iters = T, stepped after every batch.</remarks>
[ConfigName("polynomial")]
[Description("falls to 0 over the run, as a power of the part that is left; moves with every step")]
public sealed record PolynomialDecay : Schedule
{
    /// <summary>p.</summary>
    [Bounds(0, 16, ExclusiveMinimum = true)]
    [Description("1 falls along a line, more falls faster at first")]
    public double Power { get; init => field = Guard.InBounds<PolynomialDecay>(value); } = 1;

    /// <inheritdoc/>
    protected override double RateAfter(double lr, long t, StepCounts steps) =>
        lr * Elementary64.Power((double)(steps.Total - t) / steps.Total, Power);
}
