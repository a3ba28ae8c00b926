using System.ComponentModel;
using Trainer.Configuration;

namespace Trainer.Optimizers;

/// <summary>Rules that divide an average of the gradients by the root of an average of their squares: Adam and those that
/// take its two averages as they are.</summary>
public abstract record AdaptiveMoments : Optimizer
{
    /// <summary>β₁ and β₂, the decay of the two averages.</summary>
    [Bounds(0, Binary32Range.BelowOne)]
    [Description("decay of the averages of g and of g^2")]
    public IReadOnlyList<double> Betas { get; init => field = Optimizers.Betas.Checked<AdaptiveMoments>(value); } = [0.9, 0.999];

    /// <summary>ε, which keeps the division finite.</summary>
    [Bounds(Binary32Range.Smallest, 1)]
    [Description("added to the denominator")]
    public double Eps { get; init => field = Guard.InBounds<AdaptiveMoments>(value); } = 1e-8;
}
