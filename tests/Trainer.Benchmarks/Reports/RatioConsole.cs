using System.Globalization;
using Spectre.Console;
using Trainer.Benchmarks.Cases;
using Trainer.Terminal;

namespace Trainer.Benchmarks.Reports;

/// <summary>The comparison as a table on the terminal.</summary>
internal static class RatioConsole
{
    private const int PipeWidth = 120;

    /// <summary>Prints it.</summary>
    public static void Print(Shell shell, IReadOnlyList<RatioRow> rows)
    {
        // A pipe has no width of its own; broken lines would help nobody who reads it later.
        shell.Console.Profile.Width = shell.IsTerminal ? shell.Console.Profile.Width : PipeWidth;
        var table = new Table { Border = shell.IsTerminal ? TableBorder.Rounded : TableBorder.Ascii };
        table.AddColumn(new TableColumn("case").NoWrap());
        table.AddColumn(new TableColumn("contestant").NoWrap());
        table.AddColumn(new TableColumn("median").RightAligned().NoWrap());
        table.AddColumn(new TableColumn("ratio (spread)").RightAligned().NoWrap());
        table.AddColumn(new TableColumn("of peak").RightAligned().NoWrap());
        table.AddColumn(new TableColumn("target").NoWrap());
        string? previous = null;
        foreach (RatioRow row in rows)
        {
            table.AddRow(
                row.Case == previous ? "" : row.Case,
                row.Contestant,
                row.Median is { } median ? Text($"{median:0.###} {row.Unit}") : row.Status.Replace('_', ' '),
                row.Ratio is null ? "" : Text($"{row.Ratio:0.00}x ({row.RatioLow:0.00}-{row.RatioHigh:0.00})"),
                row.ShareOfPeak is null ? "" : Text($"{row.ShareOfPeak * 100:0} %"),
                row.Target is null ? "" : $"{row.Target}: {row.Met ?? "?"}");
            previous = row.Case;
        }
        shell.Console.Write(table);
    }

    /// <summary>One case in one line, while the others are still to come.</summary>
    public static string Line(BenchmarkCase item, IReadOnlyList<RatioRow> rows)
    {
        RatioRow ours = rows[0];
        string own = ours.Median is null ? ours.Status : Text($"{ours.Median:0.###} {ours.Unit}");
        string share = ours.ShareOfPeak is { } part ? Text($", {part * 100:0} % of peak") : "";
        string peers = string.Concat(rows.Skip(1).Select(row =>
            row.Ratio is { } ratio ? Text($"; {row.Contestant} {ratio:0.00}x") : $"; {row.Contestant} {row.Status.Replace('_', ' ')}"));
        return $"{item.Name}: {own}{share}{peers}";
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
