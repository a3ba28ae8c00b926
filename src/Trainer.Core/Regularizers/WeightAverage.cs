using System.ComponentModel;
using Trainer.Configuration;

namespace Trainer.Regularizers;

/// <summary>
/// An exponential moving average of the parameters, ā ← d·ā + (1 − d)·w after every step, from ā = the initial parameters. The
/// run trains w as it would without; what is measured and saved is ā.
/// </summary>
/// <remarks>Polyak and Juditsky, "Acceleration of stochastic approximation by averaging" (1992), with exponential weights as
/// Kingma and Ba (2015), section 7.2, mention them.</remarks>
[Description("an exponential moving average of the parameters, which is measured and saved in their place")]
public sealed record WeightAverage
{
    /// <summary>d.</summary>
    [Bounds(0, Binary32Range.BelowOne)]
    [Description("part of the average that a step keeps; 0.999 averages about the last 1000 steps")]
    public double Decay { get; init => field = Guard.InBounds<WeightAverage>(value); } = 0.999;
}
