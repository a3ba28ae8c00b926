using System.ComponentModel;
using Trainer.Configuration;
using Trainer.Formulas;

namespace Trainer.Schedules;

/// <summary>η·γⁿ with n the number of milestones that are over, in epochs from 0: constant within an epoch.</summary>
/// <remarks>PyTorch's <c>MultiStepLR</c>, stepped after every epoch.</remarks>
[ConfigName("multi_step")]
[Description("times gamma after each of some epochs")]
public sealed record MultiStepDecay : Schedule
{
    /// <summary>Epochs after which the rate drops.</summary>
    [Bounds(1, 100000)]
    [Description("epochs after which the rate drops, increasing, as [10, 15]")]
    public required IReadOnlyList<int> Milestones { get; init => field = Increasing(Guard.InBounds<MultiStepDecay, int>(value)); }

    /// <summary>γ.</summary>
    [Bounds(0, 1, ExclusiveMinimum = true)]
    [Description("factor of a drop")]
    public double Gamma { get; init => field = Guard.InBounds<MultiStepDecay>(value); } = 0.1;

    /// <inheritdoc/>
    protected override double RateAfter(double lr, long t, StepCounts steps)
    {
        long epoch = t / steps.PerEpoch;
        return lr * WholePower.Of(Gamma, Milestones.Count(milestone => milestone <= epoch));
    }

    private static IReadOnlyList<int> Increasing(IReadOnlyList<int> milestones) =>
        milestones.Count == 0 ? throw new ArgumentException("must name at least one epoch, as in [10, 15]")
        : milestones.Zip(milestones.Skip(1)).All(pair => pair.First < pair.Second) ? milestones
        : throw new ArgumentException($"must increase from one to the next, and [{string.Join(", ", milestones)}] do not");
}
