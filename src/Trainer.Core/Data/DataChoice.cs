using System.ComponentModel;
using Trainer.Configuration;

namespace Trainer.Data;

/// <summary>Which images an experiment uses.</summary>
[Description("which images are trained on")]
public sealed record DataChoice
{
    /// <summary>Which data set.</summary>
    [Description("auto: Fashion-MNIST if it can be had, else the embedded garments, and says which")]
    public DataSource Source { get; init; } = DataSource.Auto;

    /// <summary>Training images kept back to choose by.</summary>
    [Bounds(0, 59999)]
    [Description("training images kept back to choose the best epoch by; 0 for none")]
    public int Validation { get; init => field = Guard.InBounds<DataChoice>(value); }
}
