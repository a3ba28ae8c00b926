using System.Runtime.InteropServices;
using Trainer.Engines;

namespace Trainer.Tests.Engines;

/// <summary>
/// All that came of a training, as bits, part by part. All NaNs count as one: which of several a sum hands on, and with
/// which sign, depends on the order in which the compiler gives the operands to the instruction, even in plain loops.
/// </summary>
internal sealed class TrialRecord
{
    private const string Prediction = ": prediction";
    private const int NotANumber = 0x7FC00000;

    private readonly List<(string Name, int[] Words)> _parts = [];

    /// <summary>Adds numbers.</summary>
    public void Add(string name, ReadOnlySpan<float> numbers)
    {
        int[] words = MemoryMarshal.Cast<float, int>(numbers).ToArray();
        for (int k = 0; k < words.Length; k++)
        {
            words[k] = float.IsNaN(numbers[k]) ? NotANumber : words[k];
        }
        _parts.Add((name, words));
    }

    /// <summary>Adds losses and predictions.</summary>
    public void Add(string name, RowResults results)
    {
        Add($"{name}: loss", results.Losses);
        _parts.Add((name + Prediction, [.. results.Predictions]));
    }

    /// <summary>The numbers of all parts whose name begins so.</summary>
    public IEnumerable<float> Numbers(string name) => _parts
        .Where(part => part.Name.StartsWith(name, StringComparison.Ordinal))
        .SelectMany(part => part.Words.Select(BitConverter.Int32BitsToSingle));

    /// <summary>Where <paramref name="other"/> differs first; null where it does not.</summary>
    public string? FirstDifference(TrialRecord other)
    {
        foreach ((int part, (string name, int[] expected)) in _parts.Index())
        {
            int[] found = other._parts[part].Words;
            int same = expected.AsSpan().CommonPrefixLength(found);
            if (same < expected.Length)
            {
                return $"{name}[{same}]: {Text(name, found[same])} instead of {Text(name, expected[same])}";
            }
        }
        return null;
    }

    private static string Text(string name, int word) => name.EndsWith(Prediction, StringComparison.Ordinal)
        ? FormattableString.Invariant($"class {word}")
        : FormattableString.Invariant($"0x{word:x8} ({BitConverter.Int32BitsToSingle(word)})");
}
