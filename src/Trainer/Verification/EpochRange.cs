using System.Globalization;
using Trainer.Failures;
using Trainer.Yaml;

namespace Trainer.Verification;

/// <summary>Epochs as people write them: <c>3</c>, <c>1-3</c>.</summary>
/// <param name="First">The first.</param>
/// <param name="Last">The last.</param>
internal sealed record EpochRange(int First, int Last)
{
    /// <summary>The epochs that <c>--epochs</c> gives; null where it was not given.</summary>
    /// <exception cref="ConfigException">They cannot be read.</exception>
    public static EpochRange? OfOption(string? text)
    {
        if (text is null)
        {
            return null;
        }
        string[] ends = text.Split('-', StringSplitOptions.TrimEntries);
        if (ends.Length > 2 || !IsEpoch(ends[0], out int first) || !IsEpoch(ends[^1], out int last))
        {
            throw new ConfigException($"--epochs: '{Excerpt.Of(text)}' is no epoch and no range of them; write e.g. 3 or 1-3");
        }
        return first <= last ? new EpochRange(first, last) : throw new ConfigException(
            FormattableString.Invariant($"--epochs: '{Excerpt.Of(text)}' runs backwards; write {last}-{first}"));
    }

    /// <summary>"epoch 3", "epochs 1 to 3".</summary>
    public override string ToString() =>
        FormattableString.Invariant(First == Last ? $"epoch {First}" : (FormattableString)$"epochs {First} to {Last}");

    private static bool IsEpoch(string text, out int epoch) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out epoch);
}
