using Trainer.Catalogs;
using Trainer.Terminal;
using Trainer.Yaml;

namespace Trainer.Listings;

/// <summary>A list of runs for people: a line a run, in columns.</summary>
internal static class ListingText
{
    private const string Gap = "  ";
    private const string Cut = "…";
    private const int NarrowestText = 8;

    /// <summary>The lines of <paramref name="listing"/>, its heading first.</summary>
    /// <param name="listing">The runs.</param>
    /// <param name="width">Columns of the terminal; where they do not suffice, text is cut off.</param>
    /// <param name="now">The time from which "updated" is seen.</param>
    public static IEnumerable<string> Lines(RunListing listing, int width, DateTimeOffset now)
    {
        string[] dataSets = [.. listing.Runs.Select(run => run.Entry.Data.Name).Distinct().Order(StringComparer.Ordinal)];
        List<Column> columns = Columns(listing, now, dataSets.Length > 1);
        string[][] cells = [.. listing.Runs.Select(run => columns.Select(column => column.Of(run)).ToArray())];
        int[] widths = [.. columns.Select((column, index) => cells.Select(row => row[index].Length).Append(column.Heading.Length).Max())];
        Narrow(columns, widths, width);
        string of = listing.Runs.Count == listing.Total ? "" : $" of {listing.Total}";
        string data = dataSets.Length == 1 ? $", data set {dataSets[0]}" : "";
        string[] heading = listing.Runs.Count == 0 ? [] : [Line([.. columns.Select(column => column.Heading)], columns, widths)];
        return
        [
            .. heading,
            .. cells.Select(row => Line(row, columns, widths)),
            $"{listing.Runs.Count}{of} {(listing.Total == 1 ? "run" : "runs")}{data}",
        ];
    }

    /// <summary>How long ago, as people say it; a date after a month.</summary>
    public static string Ago(DateTimeOffset then, DateTimeOffset now) => (now - then) switch
    {
        { TotalSeconds: < 1 } => "now",
        { TotalMinutes: < 1 } ago => $"{(int)ago.TotalSeconds} s ago",
        { TotalHours: < 1 } ago => $"{(int)ago.TotalMinutes} min ago",
        { TotalDays: < 1 } ago => $"{(int)ago.TotalHours} h ago",
        { TotalDays: < 31 } ago => $"{(int)ago.TotalDays} d ago",
        _ => FormattableString.Invariant($"{then.UtcDateTime:yyyy-MM-dd}"),
    };

    private static List<Column> Columns(RunListing listing, DateTimeOffset now, bool withData)
    {
        var columns = new List<Column> { new("run", true, run => Excerpt.OneLine(run.Place)) };
        AddIf(listing.Runs.Any(run => run.Differs.Length > 0), new Column("differs", true, run => run.Differs));
        columns.Add(new Column("state", true, run => StandingText.Spoken(run.Entry.Standing)));
        columns.Add(new Column("epoch", false, run => $"{run.Entry.Status.Epoch}/{run.Entry.Status.Epochs}"));
        AddIf(listing.Runs.Any(run => run.Entry.Last?.ValAccuracy is not null), new Column("val acc", false, run => EpochTable.Accuracy(run.Entry.Last?.ValAccuracy)));
        columns.Add(new Column("test acc", false, run => EpochTable.Accuracy(run.Entry.Last?.TestAccuracy)));
        AddIf(withData, new Column("data set", true, run => run.Entry.Data.Name));
        columns.Add(new Column("updated", false, run => Ago(run.Entry.Status.Updated, now)));
        return columns;

        void AddIf(bool isShown, Column column)
        {
            if (isShown)
            {
                columns.Add(column);
            }
        }
    }

    /// <summary>Takes from the widest column of text until the line fits; numbers stay whole.</summary>
    private static void Narrow(List<Column> columns, int[] widths, int width)
    {
        for (int excess = widths.Sum() + (Gap.Length * (widths.Length - 1)) - width; excess > 0; excess--)
        {
            int widest = Enumerable.Range(0, widths.Length).Where(index => columns[index].IsText).MaxBy(index => widths[index]);
            if (widths[widest] <= NarrowestText)
            {
                return;
            }
            widths[widest]--;
        }
    }

    private static string Line(string[] cells, List<Column> columns, int[] widths) => string.Join(Gap, cells.Select((cell, index) =>
    {
        string fitting = cell.Length <= widths[index] ? cell : cell[..(widths[index] - 1)] + Cut;
        return columns[index].IsText ? fitting.PadRight(widths[index]) : fitting.PadLeft(widths[index]);
    })).TrimEnd();

    private sealed record Column(string Heading, bool IsText, Func<ListedRun, string> Of);
}
