using Trainer.Terminal;

namespace Trainer.Comparisons;

/// <summary>A comparison in lines of text that fit a terminal.</summary>
/// <param name="width">Characters in a line.</param>
/// <param name="plain">Whether the output takes ASCII alone.</param>
internal sealed class ComparisonText(int width, bool plain)
{
    // Of many pairs those with the best group are what a reader looks for.
    private const int MostPairs = 10;
    private const int WidestHeading = 14;
    private const int LeastLabel = 12;
    private const string Ellipsis = "..";

    /// <summary>All of it: caption, table, verdicts, warnings.</summary>
    public IEnumerable<string> Lines(Comparison comparison)
    {
        string shared = LabelParts.SharedBeginning([.. comparison.Groups.Select(group => group.Label)]);
        IEnumerable<string> inAll = shared.Length == 0 ? [] : Wrapped($"every group: {shared.TrimEnd()}", "  ");
        foreach (string line in Wrapped(ComparisonTable.Caption(comparison), "").Concat(inAll).Concat(Table(comparison)))
        {
            yield return line;
        }
        foreach (string line in VerdictLines.Of(comparison, MostPairs).SelectMany(text => Wrapped(text, "  ")))
        {
            yield return line;
        }
        foreach (string line in comparison.Warnings.SelectMany(text => Wrapped($"note: {text}", "  ")))
        {
            yield return line;
        }
    }

    private string Written(string text) => plain ? text.Replace("±", "+-", StringComparison.Ordinal) : text;

    private ComparisonTable TableOf(Comparison comparison, IReadOnlyList<ComparedColumn> columns)
    {
        var table = ComparisonTable.Aligned(comparison, columns);
        int shared = LabelParts.SharedBeginning([.. table.Rows.Select(row => row[0])]).Length;
        return table with { Rows = [.. table.Rows.Select(row => (string[])[row[0][shared..], .. row[1..].Select(Written)])] };
    }

    /// <summary>The widest table that fits: columns are taken in while there is room for them.</summary>
    private IEnumerable<string> Table(Comparison comparison)
    {
        IReadOnlyList<ComparedColumn> telling = ComparisonTable.Telling(comparison);
        var columns = new List<ComparedColumn> { telling[0] };
        foreach (ComparedColumn column in telling.Skip(1))
        {
            if (Width(comparison, [.. columns, column]) <= width)
            {
                columns.Add(column);
            }
        }
        ComparisonTable table = TableOf(comparison, columns);
        int longest = table.Rows.Max(row => row[0].Length);
        int label = Math.Max(LeastLabel, longest - Math.Max(0, Width(table, longest) - width));
        return TextTable.Lines(Heading(table.Headings), [.. table.Rows.Select(row => (string[])[Shortened(row[0], label), .. row[1..]])], rounded: !plain);
    }

    // With room for half a line of label: a longer one is cut rather than all figures left out.
    private int Width(Comparison comparison, IReadOnlyList<ComparedColumn> columns)
    {
        ComparisonTable table = TableOf(comparison, columns);
        return Width(table, Math.Min(table.Rows.Max(row => row[0].Length), Math.Max(LeastLabel, width / 2)));
    }

    private static int Width(ComparisonTable table, int label)
    {
        IReadOnlyList<string[]> heading = Heading(table.Headings);
        int cells = Enumerable.Range(1, table.Headings.Count - 1)
            .Sum(column => Math.Max(heading.Max(line => line[column].Length), table.Rows.Max(row => row[column].Length)));
        return Math.Max(label, table.Headings[0].Length) + cells + 3 * table.Headings.Count + 1;
    }

    /// <summary>Headings on as many lines as they take, the last line nearest to the figures.</summary>
    private static IReadOnlyList<string[]> Heading(IReadOnlyList<string> headings)
    {
        string[][] broken = [.. headings.Select(heading => Broken(heading, WidestHeading).ToArray())];
        int lines = broken.Max(heading => heading.Length);
        return [.. Enumerable.Range(0, lines).Select(line => (string[])[.. broken.Select(heading =>
            line - (lines - heading.Length) is >= 0 and var index ? heading[index] : "")])];
    }

    private IEnumerable<string> Wrapped(string text, string indent) =>
        Broken(Written(text), width - indent.Length).Select((line, index) => index == 0 ? line : indent + line);

    private static IEnumerable<string> Broken(string text, int width)
    {
        string line = "";
        foreach (string word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = "";
            }
            line += line.Length > 0 ? " " + word : word;
        }
        yield return line;
    }

    // What tells labels apart stands at their end as often as at their beginning.
    private static string Shortened(string label, int most)
    {
        if (label.Length <= most)
        {
            return label;
        }
        // Of keys with their values whole ones, from the end.
        string[] words = LabelParts.Of(label);
        int kept = words.Length;
        int length = Ellipsis.Length;
        while (kept > 0 && length + 1 + words[kept - 1].Length <= most)
        {
            length += 1 + words[--kept].Length;
        }
        if (kept < words.Length)
        {
            return $"{Ellipsis} {string.Join(' ', words[kept..])}";
        }
        int head = (most - Ellipsis.Length) / 3;
        return label[..head] + Ellipsis + label[^(most - Ellipsis.Length - head)..];
    }
}
