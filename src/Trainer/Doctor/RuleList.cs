using Trainer.Doctor.Rules;

namespace Trainer.Doctor;

/// <summary>All rules, causes before their consequences.</summary>
internal static class RuleList
{
    /// <summary>The rules.</summary>
    public static IReadOnlyList<IRule> All { get; } =
    [
        new Divergence(),
        new EqualUnits(),
        new SaturatedUnits(),
        new DeadUnits(),
        new StartLoss(),
        new VanishingGradients(),
        new RateTooHigh(),
        new RateTooLow(),
        new OverFitting(),
    ];
}
