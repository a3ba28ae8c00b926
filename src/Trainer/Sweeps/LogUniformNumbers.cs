using Trainer.Formulas;
using Trainer.Yaml;

namespace Trainer.Sweeps;

/// <summary>Every order of magnitude alike: exp(ln low + u (ln high − ln low)).</summary>
/// <param name="Low">The least, above 0.</param>
/// <param name="High">The largest.</param>
internal sealed record LogUniformNumbers(double Low, double High) : Distribution
{
    /// <inheritdoc/>
    public override IReadOnlyList<double> Ends => [Low, High];

    /// <inheritdoc/>
    public override ConfigNode Draw(double u, Place place, bool isWhole)
    {
        (double low, double high) = (Elementary64.Log(Low), Elementary64.Log(High));
        return Rounded(Elementary64.Exp(low + u * (high - low)), Low, High, place, isWhole);
    }
}
