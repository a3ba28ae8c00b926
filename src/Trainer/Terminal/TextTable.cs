namespace Trainer.Terminal;

/// <summary>A small table in lines of text: the first column to the left, numbers to the right, no cell broken.</summary>
internal static class TextTable
{
    // Left end, line, crossing and right end of the three rules, then what stands between cells.
    private static readonly string[] Ascii = ["+--+", "|-+|", "+--+", "|"];
    private static readonly string[] Rounded = ["╭─┬╮", "├─┼┤", "╰─┴╯", "│"];

    /// <summary>The lines of the table.</summary>
    /// <param name="heading">The lines above the rule, a string a column.</param>
    /// <param name="rows">The lines below it.</param>
    /// <param name="rounded">Whether it may be drawn in box characters.</param>
    public static IEnumerable<string> Lines(IReadOnlyList<string[]> heading, IReadOnlyList<string[]> rows, bool rounded)
    {
        string[] border = rounded ? Rounded : Ascii;
        int[] widths = [.. Enumerable.Range(0, heading[0].Length).Select(column => heading.Concat(rows).Max(line => line[column].Length))];
        return [Rule(border[0], widths), .. heading.Select(Line), Rule(border[1], widths), .. rows.Select(Line), Rule(border[2], widths)];

        string Line(string[] cells) =>
            border[3] + string.Join(border[3], cells.Select((cell, column) => $" {Cell(cell, column)} ")) + border[3];

        string Cell(string cell, int column) => column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]);
    }

    private static string Rule(string border, int[] widths) =>
        border[0] + string.Join(border[2], widths.Select(width => new string(border[1], width + 2))) + border[3];
}
