using System.Text;

namespace Trainer.Comparisons;

/// <summary>The table of a comparison for LaTeX with the package booktabs; verdicts and notes stand above it as comments.</summary>
internal static class ComparisonLatex
{
    // Of twenty groups every pair.
    private const int MostPairs = 190;

    /// <summary>The tabular environment.</summary>
    public static string Of(Comparison comparison)
    {
        var table = ComparisonTable.Of(comparison, ComparisonTable.Telling(comparison));
        var page = new StringBuilder("% \\usepackage{booktabs}\n");
        IEnumerable<string> comments =
        [
            ComparisonTable.Caption(comparison),
            .. VerdictLines.Of(comparison, MostPairs),
            .. comparison.Warnings,
        ];
        foreach (string comment in comments)
        {
            page.Append("% ").Append(comment.ReplaceLineEndings(" ")).Append('\n');
        }
        page.Append("\\begin{tabular}{l").Append('r', table.Headings.Count - 1).Append("}\n\\toprule\n");
        page.Append(Row(table.Headings)).Append("\\midrule\n").Append(string.Concat(table.Rows.Select(Row)));
        return page.Append("\\bottomrule\n\\end{tabular}\n").ToString();
    }

    private static string Row(IReadOnlyList<string> cells) => $"{string.Join(" & ", cells.Select(Escaped))} \\\\\n";

    private static string Escaped(string text) => string.Concat(text.Select(letter => letter switch
    {
        '\\' => "\\textbackslash{}",
        '~' => "\\textasciitilde{}",
        '^' => "\\textasciicircum{}",
        '±' => "$\\pm$",
        '<' => "$<$",
        '>' => "$>$",
        '&' or '%' or '$' or '#' or '_' or '{' or '}' => $"\\{letter}",
        _ => letter.ToString(),
    }));
}
