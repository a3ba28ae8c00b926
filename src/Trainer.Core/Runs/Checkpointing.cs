using System.ComponentModel;
using Trainer.Configuration;

namespace Trainer.Runs;

/// <summary>How often a run is kept, so that it can go on from there after whatever ended it. Changes no number.</summary>
[Description("how often the run is kept, to go on from there after whatever ended it; changes no number")]
public sealed record Checkpointing
{
    /// <summary>A checkpoint after so many epochs; 0 for none.</summary>
    [Bounds(0, 100000)]
    [Description("a checkpoint after every so many epochs; 0 for none")]
    public int Epochs { get; init => field = Guard.InBounds<Checkpointing>(value); } = 1;

    /// <summary>A checkpoint once so many minutes have passed since the last one, in the middle of an epoch too; 0 for none.</summary>
    [Bounds(0, 10080)]
    [Description("a checkpoint once so many minutes have passed since the last, in the middle of an epoch too; 0 for none")]
    public double Minutes { get; init => field = Guard.InBounds<Checkpointing>(value); } = 5;
}
