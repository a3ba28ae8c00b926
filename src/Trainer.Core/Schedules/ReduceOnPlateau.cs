using System.ComponentModel;
using Trainer.Configuration;

namespace Trainer.Schedules;

/// <summary>
/// η ← max(γ·η, m) when what is monitored has not improved for more than <c>patience</c> epochs: the one schedule whose rates
/// follow from how the run goes. Constant within an epoch.
/// </summary>
/// <remarks>PyTorch's <c>ReduceLROnPlateau</c>, stepped after every epoch with the monitored quantity; its <c>mode</c> follows from the
/// quantity. Behind a warm-up, epochs that ended within it are not looked at. <see cref="PlateauCourse"/> is what it comes to.</remarks>
[ConfigName("reduce_on_plateau")]
[Description("times factor when what it monitors has not improved for more than patience epochs")]
public sealed record ReduceOnPlateau : Schedule
{
    /// <summary>What is looked at after each epoch.</summary>
    [Description("what is looked at after each epoch; val_loss and val_accuracy need data.validation, train_loss needs evaluate_train; never the test split")]
    public MonitoredQuantity Monitor { get; init; } = MonitoredQuantity.ValLoss;

    /// <summary>γ.</summary>
    [Bounds(0, 1, ExclusiveMinimum = true, ExclusiveMaximum = true)]
    [Description("factor of a reduction")]
    public double Factor { get; init => field = Guard.InBounds<ReduceOnPlateau>(value); } = 0.1;

    /// <summary>Epochs without an improvement that are borne.</summary>
    [Bounds(0, 100000)]
    [Description("epochs without an improvement that are borne; the next one reduces the rate")]
    public int Patience { get; init => field = Guard.InBounds<ReduceOnPlateau>(value); } = 10;

    /// <summary>By how much the best value has to be beaten.</summary>
    [Bounds(0, 1, ExclusiveMaximum = true)]
    [Description("by how much the best value so far has to be beaten")]
    public double Threshold { get; init => field = Guard.InBounds<ReduceOnPlateau>(value); } = 1e-4;

    /// <summary>How the threshold is meant.</summary>
    [Description("rel: threshold is a part of the best value; abs: a difference to it")]
    public ThresholdMode ThresholdMode { get; init; } = ThresholdMode.Rel;

    /// <summary>Epochs after a reduction that do not count as ones without an improvement.</summary>
    [Bounds(0, 100000)]
    [Description("epochs after a reduction that do not count against patience")]
    public int Cooldown { get; init => field = Guard.InBounds<ReduceOnPlateau>(value); }

    /// <summary>m.</summary>
    [Bounds(0, Binary32Range.Largest)]
    [Description("the rate below which it does not go, at most optimizer.lr")]
    public double MinLr { get; init => field = Guard.InBounds<ReduceOnPlateau>(value); }

    /// <summary>The least reduction that is made.</summary>
    [Bounds(0, Binary32Range.Largest)]
    [Description("a reduction by no more than this is left out")]
    public double Eps { get; init => field = Guard.InBounds<ReduceOnPlateau>(value); } = 1e-8;

    /// <inheritdoc/>
    public override bool DependsOnTheRun => true;

    /// <inheritdoc/>
    public override RateCourse Course(double lr, StepCounts steps) => new PlateauCourse(this, lr, steps);

    /// <inheritdoc/>
    public override IEnumerable<(string Key, string Problem)> Problems(ScheduledRun run)
    {
        if (Monitor == MonitoredQuantity.TrainLoss && !run.EvaluatesTrain)
        {
            yield return ("monitor", "train_loss is not measured with evaluate_train: false; remove that key");
        }
        if (Monitor != MonitoredQuantity.TrainLoss && !run.HasValidation)
        {
            yield return ("monitor", "there is no validation split to look at, and the test split may not decide anything; set data.validation, e.g. 5000, or monitor: train_loss");
        }
        if (MinLr > run.Lr)
        {
            yield return ("min_lr", FormattableString.Invariant($"{MinLr} is above optimizer.lr {run.Lr}, and the rate is to fall; choose a smaller one"));
        }
        foreach ((string, string) problem in base.Problems(run))
        {
            yield return problem;
        }
    }

    /// <summary>The rate while nothing was reduced.</summary>
    protected override double RateAfter(double lr, long t, StepCounts steps) => lr;
}
