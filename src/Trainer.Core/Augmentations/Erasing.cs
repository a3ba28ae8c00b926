using System.ComponentModel;
using Trainer.Configuration;

namespace Trainer.Augmentations;

/// <summary>
/// Blanks a rectangle: with probability <see cref="Probability"/>, a share of the image's area uniform in <see cref="Area"/>,
/// with height/width from <see cref="Aspect"/>, at a place uniform among those where it fits, becomes 0. A rectangle
/// that does not fit is drawn again, up to 10 times.
/// </summary>
/// <remarks>Zhong, Zheng, Kang, Li and Yang, "Random erasing data augmentation" (2017), algorithm 1. As PyTorch's
/// <c>RandomErasing</c> does, height/width is uniform in its logarithm, so that flat and upright ones are equally frequent.
/// The paper fills with random values, or with others; here it is always 0, Fashion-MNIST's background.</remarks>
[Description("blanks a rectangle of the image, last of all")]
public sealed record Erasing
{
    /// <summary>How often; 1 erases from every image.</summary>
    [Bounds(0, 1)]
    [Description("how often; 1 erases from every image")]
    public double Probability { get; init => field = Guard.InBounds<Erasing>(value); } = 0.5;

    /// <summary>Smallest and largest share of the image's area.</summary>
    [Bounds(0, 1, ExclusiveMinimum = true)]
    [Description("smallest and largest share of the image's area")]
    public IReadOnlyList<double> Area
    {
        get;
        init => field = RisingPair(Guard.InBounds<Erasing, double>(value), "[0.02, 0.33]");
    } = [0.02, 0.33];

    /// <summary>Smallest and largest height/width.</summary>
    [Bounds(0.01, 100)]
    [Description("smallest and largest height / width")]
    public IReadOnlyList<double> Aspect
    {
        get;
        init => field = RisingPair(Guard.InBounds<Erasing, double>(value), "[0.3, 3.3]");
    } = [0.3, 3.3];

    private static IReadOnlyList<double> RisingPair(IReadOnlyList<double> values, string example) => values switch
    {
        [double low, double high] when low <= high => values,
        [double low, double high] => throw new ArgumentException(
            FormattableString.Invariant($"must be the smaller number first, as in {example}, not [{low}, {high}]")),
        _ => throw new ArgumentException($"must be two numbers, as in {example}, not {values.Count}"),
    };
}
