using System.Text.RegularExpressions;

namespace Trainer.Comparisons;

/// <summary>Labels of groups as the parts that they are put together of: a name, then keys with their values.</summary>
internal static partial class LabelParts
{
    /// <summary>"relu hidden=[16, 8] lr=0.1" in three parts: a value may have spaces.</summary>
    public static string[] Of(string label) => Border().Split(label);

    /// <summary>The parts that all labels begin with, with the space behind them; a whole label is no beginning.</summary>
    public static string SharedBeginning(IReadOnlyList<string> labels)
    {
        string[][] all = [.. labels.Select(Of)];
        int count = 0;
        while (labels.Count > 1 && all.All(parts => count + 1 < parts.Length && parts[count] == all[0][count]))
        {
            count++;
        }
        return string.Concat(all.Length == 0 ? [] : all[0].Take(count).Select(part => part + " "));
    }

    [GeneratedRegex(" (?=[A-Za-z_][A-Za-z0-9_.]*=)")]
    private static partial Regex Border();
}
