using System.Text;

namespace Trainer.Comparisons;

/// <summary>A comparison as a page of Markdown: table, verdicts, notes.</summary>
internal static class ComparisonMarkdown
{
    // Of twenty groups every pair.
    private const int MostPairs = 190;
    private const string Special = "\\`*_{}[]<>#|~";

    /// <summary>The page.</summary>
    public static string Of(Comparison comparison)
    {
        var table = ComparisonTable.Of(comparison, ComparisonTable.Telling(comparison));
        var page = new StringBuilder();
        page.Append(Escaped(ComparisonTable.Caption(comparison))).Append("\n\n");
        page.Append(Row(table.Headings));
        page.Append("| --- |").Append(string.Concat(Enumerable.Repeat(" ---: |", table.Headings.Count - 1))).Append('\n');
        page.Append(string.Concat(table.Rows.Select(Row)));
        Section(page, "", VerdictLines.Of(comparison, MostPairs));
        Section(page, "Notes:\n", comparison.Warnings);
        return page.ToString();
    }

    private static void Section(StringBuilder page, string heading, IEnumerable<string> lines)
    {
        string text = string.Concat(lines.Select(line => $"- {Escaped(line)}\n"));
        if (text.Length > 0)
        {
            page.Append('\n').Append(heading).Append(heading.Length > 0 ? "\n" : "").Append(text);
        }
    }

    private static string Row(IReadOnlyList<string> cells) => $"| {string.Join(" | ", cells.Select(Escaped))} |\n";

    private static string Escaped(string text) =>
        string.Concat(text.Select(letter => Special.Contains(letter) ? $"\\{letter}" : letter.ToString()));
}
