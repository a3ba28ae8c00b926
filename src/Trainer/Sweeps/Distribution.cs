using System.Globalization;
using Trainer.Yaml;

namespace Trainer.Sweeps;

/// <summary>What a random search draws a value from.</summary>
internal abstract record Distribution
{
    private const string Digits = "G4";

    /// <summary>The value at <paramref name="u"/>, 0 &lt; u &lt; 1.</summary>
    /// <param name="u">The random number.</param>
    /// <param name="place">Where the distribution is written.</param>
    /// <param name="isWhole">Whether the key takes whole numbers only.</param>
    public abstract ConfigNode Draw(double u, Place place, bool isWhole);

    /// <summary>The least and the largest number; none where it does not give numbers.</summary>
    public virtual IReadOnlyList<double> Ends => [];

    /// <summary>Four digits, so that configurations stay readable; never outside of the ends.</summary>
    protected static ScalarNode Rounded(double value, double low, double high, Place place, bool isWhole)
    {
        double rounded = isWhole
            ? Math.Round(value)
            : double.Parse(value.ToString(Digits, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return new ScalarNode(place, FlowText.Number(Math.Clamp(rounded, low, high)), IsPlain: true);
    }
}
