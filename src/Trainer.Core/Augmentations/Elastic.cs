using System.ComponentModel;
using Trainer.Configuration;

namespace Trainer.Augmentations;

/// <summary>
/// Bends an image as if it were drawn on rubber: the pixel p takes its value from p + α·(G_σ ∗ r)(p), where r(p) is uniform in
/// (−1, 1) for each axis and G_σ is a Gaussian of σ pixels that sums to 1.
/// </summary>
/// <remarks>Simard, Steinkraus and Platt, "Best practices for convolutional neural networks applied to visual document analysis"
/// (ICDAR 2003), section 2; σ = 4 and α = 34 are theirs for images of about 29x29. Beyond the image r is 0, so that the bending
/// fades towards the edge. With σ well below the image's size the displacements have a standard deviation of about
/// α/(6.14 σ) pixels in its middle.</remarks>
[Description("bends the image by a smooth random field of displacements")]
public sealed record Elastic
{
    /// <summary>σ, in pixels.</summary>
    [Bounds(0.1, 100)]
    [Description("width of the Gaussian that smooths the displacements, in pixels; small crumples, large moves all alike")]
    public double Sigma { get; init => field = Guard.InBounds<Elastic>(value); } = 4;

    /// <summary>α, in pixels.</summary>
    [Bounds(0, 10000)]
    [Description("strength: displacements are about alpha / (6 sigma) pixels")]
    public double Alpha { get; init => field = Guard.InBounds<Elastic>(value); } = 34;
}
