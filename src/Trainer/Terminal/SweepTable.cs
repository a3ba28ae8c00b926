using System.Globalization;
using Trainer.Results;
using Trainer.Sweeps;

namespace Trainer.Terminal;

/// <summary>The cells of a sweep in lines of text.</summary>
internal static class SweepTable
{
    private const int ShortestSettings = 12;
    private const string Ellipsis = "…";

    /// <summary>A table with a line for each of the cells.</summary>
    /// <param name="cells">The cells; at least one.</param>
    /// <param name="width">Columns there are.</param>
    /// <param name="rounded">Whether it may be drawn in box characters.</param>
    public static IEnumerable<string> Lines(IReadOnlyList<ICellRecord> cells, int width, bool rounded)
    {
        bool validation = cells.Any(cell => cell.Cell.Experiment.Data.Validation > 0);
        string[][] rows = [.. cells.Select(cell => Row(cell, validation))];
        string[] heading = ["cell", "settings", "seed", "epoch", validation ? "val acc" : "test acc", "state"];
        // What stands between cells is three columns, and one more at the ends.
        int others = Enumerable.Range(0, heading.Length).Where(column => column != 1)
            .Sum(column => rows.Append(heading).Max(row => row[column].Length) + 3) + 4;
        int room = Math.Max(ShortestSettings, width - others);
        int longest = rows.Append(heading).Max(row => row[1].Length);
        foreach (string[] row in rows.Append(heading))
        {
            row[1] = (row[1].Length > room ? row[1][..(room - 1)] + (rounded ? Ellipsis : ".") : row[1]).PadRight(Math.Min(room, longest));
        }
        return TextTable.Lines([heading], rows, rounded);
    }

    /// <summary>"18 cells".</summary>
    public static string Cells(int count) => count == 1 ? "1 cell" : string.Create(CultureInfo.InvariantCulture, $"{count} cells");

    /// <summary>"18 cells: 15 done, 2 diverged, 1 failed".</summary>
    public static string Counts(IReadOnlyList<ICellRecord> cells)
    {
        IEnumerable<string> states = cells.GroupBy(cell => cell.Result.State).OrderBy(group => Order(group.Key))
            .Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Count()} {Word(group.Key)}"));
        return $"{Cells(cells.Count)}: {string.Join(", ", states)}";
    }

    /// <summary>How far a cell is, in a word.</summary>
    public static string Word(CellState state) => state switch
    {
        CellState.Waiting => "to do",
        CellState.Completed => "done",
        _ => state.ToString().ToLowerInvariant(),
    };

    /// <summary>"epoch 20, test 88.31 %, 12 s"; "diverged: the loss …".</summary>
    public static string Ending(ICellRecord cell)
    {
        string took = EpochTable.Duration(cell.Took);
        return cell.Result switch
        {
            { State: CellState.Completed, Last: { } last } =>
                string.Create(CultureInfo.InvariantCulture, $"epoch {last.Epoch}, {Accuracies(last)}, {took}"),
            // The message of a run that diverged says so itself.
            { Message: { } message } => message.StartsWith(Word(cell.Result.State), StringComparison.Ordinal)
                ? message : $"{Word(cell.Result.State)}: {message}",
            var result => Word(result.State),
        };
    }

    private static string Accuracies(MetricsRow row) =>
        (row.ValAccuracy is null ? "" : $"validation {EpochTable.Accuracy(row.ValAccuracy)}, ") + $"test {EpochTable.Accuracy(row.TestAccuracy)}";

    private static string[] Row(ICellRecord cell, bool validation)
    {
        MetricsRow? last = cell.Result.Last ?? cell.Latest;
        // While it runs the epoch that is under way, afterwards the last that is recorded.
        int reached = cell.Result.State == CellState.Running ? cell.Epoch : last?.Epoch ?? 0;
        string epoch = cell.Result.State == CellState.Waiting ? "-"
            : string.Create(CultureInfo.InvariantCulture, $"{reached}/{cell.Cell.Experiment.Epochs}");
        // A network that is not trained yet has no result.
        last = last is { Epoch: 0 } && cell.Cell.Experiment.Epochs > 0 ? null : last;
        return
        [
            string.Create(CultureInfo.InvariantCulture, $"{cell.Cell.Number}"),
            Settings(cell.Cell),
            string.Create(CultureInfo.InvariantCulture, $"{cell.Cell.Experiment.Seed}"),
            epoch,
            EpochTable.Accuracy(validation ? last?.ValAccuracy : last?.TestAccuracy),
            Word(cell.Result.State),
        ];
    }

    /// <summary>The configuration, and what is varied; of a key the last part is enough to know it by.</summary>
    public static string Settings(SweepCell cell) =>
        Settings(cell.Experiment.Name, cell.Varied.Select(setting => (setting.Key, setting.Text)));

    /// <summary>The same of a cell whose settings are known by their texts.</summary>
    public static string Settings(string name, IEnumerable<(string Key, string Text)> varied) =>
        string.Join(' ', varied.Select(setting => $"{setting.Key[(setting.Key.LastIndexOf('.') + 1)..]}={setting.Text}").Prepend(name));

    private static int Order(CellState state) => state switch
    {
        CellState.Completed => 0,
        CellState.Diverged => 1,
        CellState.Failed => 2,
        CellState.Interrupted => 3,
        CellState.Running => 4,
        CellState.Busy => 5,
        _ => 6,
    };
}
