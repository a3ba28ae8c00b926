using System.Diagnostics;
using System.Globalization;
using Trainer.Results;
using Trainer.Yaml;

namespace Trainer.Sweeps;

/// <summary>
/// <c>index.csv</c>: the cells of a sweep, a line each, in their order. Nothing in it depends on the clock, the machine, or which cell
/// was done first: once all are done it repeats to the byte.
/// </summary>
/// <param name="folder">The sweep's folder.</param>
/// <param name="cells">The cells, rung by rung; more may come.</param>
/// <param name="varied">The keys that differ between them.</param>
/// <remarks>It is written anew each time, on the disk in a millisecond or in a tenth of a second for 10,000 cells: as often as that
/// takes a twentieth of the time, no more. What it would miss after a crash is in the run folders, and the next start finds it there.</remarks>
internal sealed class SweepIndex(SweepFolder folder, IReadOnlyList<ICellRecord> cells, IReadOnlyList<string> varied)
{
    private const int Rest = 20;
    private bool _isBehind;
    private long _notBefore;

    /// <summary>A cell has ended: writes it, now or by a later <see cref="Tick"/>.</summary>
    /// <exception cref="Failures.RunFailedException">It cannot be written.</exception>
    public void Change()
    {
        _isBehind = true;
        Tick();
    }

    /// <summary>Writes what has changed, where it is time.</summary>
    /// <exception cref="Failures.RunFailedException">It cannot be written.</exception>
    public void Tick()
    {
        if (_isBehind && Stopwatch.GetTimestamp() >= _notBefore)
        {
            Write();
        }
    }

    /// <summary>Writes the index.</summary>
    /// <exception cref="Failures.RunFailedException">It cannot be written.</exception>
    public void Write()
    {
        long start = Stopwatch.GetTimestamp();
        string[] rung = cells.Any(cell => cell.Cell.Rung > 0) ? [SweepFolder.RungColumn] : [];
        string[] header =
        [
            "cell", .. rung, "name", "hash", "seed", .. varied, "state", "epoch", "train_loss", "train_accuracy", "val_loss", "val_accuracy",
            "test_loss", "test_accuracy", "digest", "message", SweepFolder.FolderColumn,
        ];
        CsvFile.Write(folder.Index, header, cells.Select(cell => Row(cell, rung.Length > 0)));
        _isBehind = false;
        long end = Stopwatch.GetTimestamp();
        _notBefore = end + (Rest * (end - start));
    }

    private string[] Row(ICellRecord cell, bool hasRungs)
    {
        (CellResult result, MetricsRow? last) = (cell.Result, cell.Result.Last);
        // What is at work, or waits for another process, is to be done as far as anybody knows who reads this later.
        CellState state = result.State is CellState.Running or CellState.Busy ? CellState.Waiting : result.State;
        return
        [
            Text(cell.Cell.Number), .. hasRungs ? [Text(cell.Cell.Rung)] : Array.Empty<string>(),
            cell.Cell.Experiment.Name, cell.Hash, Text(cell.Cell.Experiment.Seed), .. cell.Cell.Varied.Select(setting => setting.Text),
            KeyName.Choice(typeof(CellState), state.ToString()), Text(last?.Epoch),
            Text(last?.TrainLoss), Text(last?.TrainAccuracy), Text(last?.ValLoss), Text(last?.ValAccuracy),
            Text(last?.TestLoss), Text(last?.TestAccuracy), last?.Digest ?? "", result.Message ?? "",
            Path.GetRelativePath(folder.Path, cell.Folder.Path).Replace('\\', '/'),
        ];
    }

    private static string Text(IFormattable? value) => value?.ToString(null, CultureInfo.InvariantCulture) ?? "";
}
