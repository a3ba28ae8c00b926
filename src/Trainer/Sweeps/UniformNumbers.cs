using Trainer.Yaml;

namespace Trainer.Sweeps;

/// <summary>Every number from <paramref name="Low"/> to <paramref name="High"/> alike: low + u (high − low).</summary>
/// <param name="Low">The least.</param>
/// <param name="High">The largest.</param>
internal sealed record UniformNumbers(double Low, double High) : Distribution
{
    /// <inheritdoc/>
    public override IReadOnlyList<double> Ends => [Low, High];

    /// <inheritdoc/>
    public override ConfigNode Draw(double u, Place place, bool isWhole) => Rounded(
        isWhole ? Math.Floor(Low + u * (High - Low + 1)) : Low + u * (High - Low), Low, High, place, isWhole);
}
