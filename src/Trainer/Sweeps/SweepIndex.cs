using System.Globalization;
using Trainer.Results;
using Trainer.Yaml;

namespace Trainer.Sweeps;

/// <summary>
/// <c>index.csv</c>: the cells of a sweep, a line each, in their order. Nothing in it depends on the clock, the machine, or which cell
/// was done first: once all are done it repeats to the byte.
/// </summary>
internal static class SweepIndex
{
    /// <summary>Writes the index.</summary>
    /// <param name="folder">The sweep's folder.</param>
    /// <param name="cells">The cells, rung by rung.</param>
    /// <param name="varied">The keys that differ between them.</param>
    /// <exception cref="Failures.RunFailedException">It cannot be written.</exception>
    public static void Write(SweepFolder folder, IReadOnlyList<CellRun> cells, IReadOnlyList<string> varied)
    {
        string[] rung = cells.Any(cell => cell.Cell.Rung > 0) ? ["rung"] : [];
        string[] header =
        [
            "cell", .. rung, "name", "hash", "seed", .. varied, "state", "epoch", "train_loss", "train_accuracy", "val_loss", "val_accuracy",
            "test_loss", "test_accuracy", "digest", "message", "folder",
        ];
        CsvFile.Write(folder.Index, header, cells.Select(cell => Row(folder, cell, rung.Length > 0)));
    }

    private static string[] Row(SweepFolder folder, CellRun cell, bool hasRungs)
    {
        (CellResult result, MetricsRow? last) = (cell.Result, cell.Result.Last);
        // What is at work, or waits for another process, is to be done as far as anybody knows who reads this later.
        CellState state = result.State is CellState.Running or CellState.Busy ? CellState.Waiting : result.State;
        return
        [
            Text(cell.Cell.Number), .. hasRungs ? [Text(cell.Cell.Rung)] : Array.Empty<string>(),
            cell.Experiment.Name, cell.Hash, Text(cell.Experiment.Seed), .. cell.Cell.Varied.Select(setting => setting.Text),
            KeyName.Choice(typeof(CellState), state.ToString()), Text(last?.Epoch),
            Text(last?.TrainLoss), Text(last?.TrainAccuracy), Text(last?.ValLoss), Text(last?.ValAccuracy),
            Text(last?.TestLoss), Text(last?.TestAccuracy), last?.Digest ?? "", result.Message ?? "",
            Path.GetRelativePath(folder.Path, cell.Folder.Path).Replace('\\', '/'),
        ];
    }

    private static string Text(IFormattable? value) => value?.ToString(null, CultureInfo.InvariantCulture) ?? "";
}
