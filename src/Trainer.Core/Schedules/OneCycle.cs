using System.ComponentModel;
using Trainer.Configuration;
using Trainer.Formulas;

namespace Trainer.Schedules;

/// <summary>
/// One rise and one fall, both along half a wave of the cosine: from M/div_factor up to M in the part pct_start of the run,
/// then down to M/div_factor/final_div_factor, which the last step has. Moves with every step.
/// </summary>
/// <remarks>Smith and Topin, "Super-convergence" (2018), as PyTorch's <c>OneCycleLR</c> has it with anneal_strategy='cos' and two
/// phases, which end at pct_start·T − 1 and T − 1. PyTorch's option of moving the momentum against the rate is not here
/// (cycle_momentum=False).</remarks>
[ConfigName("one_cycle")]
[Description("rises to a maximum, then falls far below the first rate; moves with every step, leaves momentum alone")]
public sealed record OneCycle : Schedule
{
    /// <summary>M; null for the optimizer's own rate.</summary>
    [Bounds(Binary32Range.Smallest, Binary32Range.Largest)]
    [Description("the highest rate, in place of optimizer.lr; null takes optimizer.lr")]
    public double? MaxLr { get; init => field = value is { } lr ? Guard.InBounds<OneCycle>(lr) : null; }

    /// <summary>The part of the run that rises.</summary>
    [Bounds(0, 1)]
    [Description("part of the run that rises")]
    public double PctStart { get; init => field = Guard.InBounds<OneCycle>(value); } = 0.3;

    /// <summary>How many times the highest rate is the first one.</summary>
    [Bounds(1, Binary32Range.Largest)]
    [Description("the first rate is the highest divided by this")]
    public double DivFactor { get; init => field = Guard.InBounds<OneCycle>(value); } = 25;

    /// <summary>How many times the first rate is the last one.</summary>
    [Bounds(1, Binary32Range.Largest)]
    [Description("the last rate is the first divided by this")]
    public double FinalDivFactor { get; init => field = Guard.InBounds<OneCycle>(value); } = 1e4;

    /// <inheritdoc/>
    protected override double RateAfter(double lr, long t, StepCounts steps)
    {
        double highest = MaxLr ?? lr;
        double first = highest / DivFactor;
        double peak = PctStart * steps.Total - 1;
        return t < peak
            ? Between(first, highest, t / peak)
            : Between(highest, first / FinalDivFactor, peak < steps.Total - 1 ? (t - peak) / (steps.Total - 1 - peak) : 0);
    }

    /// <summary>From <paramref name="start"/> to <paramref name="end"/> as <paramref name="x"/> goes from 0 to 1.</summary>
    private static double Between(double start, double end, double x) => end + (start - end) * Elementary64.HalfWave(x);
}
