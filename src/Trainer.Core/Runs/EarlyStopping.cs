using System.ComponentModel;
using Trainer.Configuration;

namespace Trainer.Runs;

/// <summary>Ends a run once the validation split has not improved for some epochs.</summary>
/// <remarks>The value to beat is that of the last epoch that beat the one before it by more than <see cref="MinDelta"/>; the
/// untrained network's is the first. Prechelt, "Early stopping - but when?" (1998), has the criterion without min_delta.</remarks>
[Description("ends the run once validation no longer improves")]
public sealed record EarlyStopping
{
    /// <summary>Epochs without an improvement after which the run ends.</summary>
    [Bounds(1, 100000)]
    [Description("epochs in a row without an improvement, after which the run ends")]
    public int Patience { get; init => field = Guard.InBounds<EarlyStopping>(value); } = 5;

    /// <summary>By more than this a value has to be better to be an improvement.</summary>
    [Bounds(0, Binary32Range.Largest)]
    [Description("by more than this the value to beat has to be beaten")]
    public double MinDelta { get; init => field = Guard.InBounds<EarlyStopping>(value); }

    /// <summary>What is looked at; it also decides which epoch is the best.</summary>
    [Description("what has to improve; the best epoch is chosen by it, too")]
    public ValidationQuantity Monitor { get; init; } = ValidationQuantity.ValLoss;
}
