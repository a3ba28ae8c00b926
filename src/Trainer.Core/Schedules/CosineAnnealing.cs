using System.ComponentModel;
using Trainer.Configuration;
using Trainer.Formulas;

namespace Trainer.Schedules;

/// <summary>m + (η − m)·½(1 + cos(π·t/T)): moves with every step, and would be m in the step behind the last.</summary>
/// <remarks>Loshchilov and Hutter, "SGDR" (ICLR 2017), equation 5, without restarts; PyTorch's <c>CosineAnnealingLR</c> with
/// T_max = T, stepped after every batch, where m is called eta_min.</remarks>
[ConfigName("cosine")]
[Description("falls to min_lr over the run along half a wave of the cosine; moves with every step")]
public sealed record CosineAnnealing : Schedule
{
    /// <summary>m.</summary>
    [Bounds(0, Binary32Range.Largest)]
    [Description("the rate it falls to, at most optimizer.lr")]
    public double MinLr { get; init => field = Guard.InBounds<CosineAnnealing>(value); }

    /// <inheritdoc/>
    public override IEnumerable<(string Key, string Problem)> Problems(ScheduledRun run) => MinLr > run.Lr
        ? [("min_lr", FormattableString.Invariant($"{MinLr} is above optimizer.lr {run.Lr}, and the rate is to fall; choose a smaller one"))]
        : base.Problems(run);

    /// <inheritdoc/>
    protected override double RateAfter(double lr, long t, StepCounts steps) =>
        MinLr + (lr - MinLr) * Elementary64.HalfWave((double)t / steps.Total);
}
