using System.ComponentModel;
using Trainer.Configuration;

namespace Trainer.Normalizations;

/// <summary>
/// Batch normalisation of every unit: ẑ = (z − mean)/√(var + ε), y = γ·ẑ + β, and the activation takes y. In training mean and
/// variance are those of the batch (divided by B); each step also moves the running ones,
/// running ← running + m·(batch − running), the variance divided by B − 1 there. Evaluation takes the running ones.
/// </summary>
/// <remarks>Ioffe and Szegedy, "Batch normalization" (ICML 2015), algorithms 1 and 2; PyTorch's <c>BatchNorm1d</c>. The layer
/// keeps its bias, which the mean takes off again, as <c>Linear</c> before <c>BatchNorm1d</c> does.</remarks>
[ConfigName("batch_norm")]
[Description("batch normalisation")]
public sealed record BatchNorm : Normalization
{
    /// <summary>m, the part of a batch in the running statistics.</summary>
    [Bounds(0, 1)]
    [Description("part of the newest batch in the running statistics")]
    public double Momentum { get; init => field = Guard.InBounds<BatchNorm>(value); } = 0.1;

    /// <summary>ε.</summary>
    [Bounds(Binary32Range.Smallest, 1)]
    [Description("added to the variance")]
    public double Eps { get; init => field = Guard.InBounds<BatchNorm>(value); } = 1e-5;
}
