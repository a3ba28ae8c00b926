using Trainer.Clusters;
using Trainer.Data;
using Trainer.Failures;
using Trainer.Listings;
using Trainer.Results;
using Trainer.Sessions;
using Trainer.Terminal;

namespace Trainer.Sweeps;

/// <summary>What <c>trainer sweep</c> does, from the sweep file to the index.</summary>
/// <param name="shell">Where to print.</param>
/// <param name="options">What was asked for.</param>
/// <param name="data">Where images come from.</param>
internal sealed class SweepSession(Shell shell, SweepOptions options, DataProvider data)
{
    private readonly SweepFile _file = options.File;
    private readonly SweepReport _report = new(shell, options);

    /// <summary>Runs all cells, or lists them.</summary>
    /// <returns>How it ended: the worst that happened to a cell.</returns>
    /// <exception cref="TrainerException">What went wrong before any cell could begin, in a line.</exception>
    public async Task<ExitCode> ExecuteAsync(IReadOnlyList<string> command, CancellationToken cancellation)
    {
        data.Begin(options.Data);
        IReadOnlyList<IReadOnlyList<SweepCell>> rungs = new SweepPlanner(_file, options.Set, options.Adjust).Rungs();
        var devices = new DeviceChoices(shell.Devices);
        foreach (SweepCell cell in rungs[0].DistinctBy(cell => (cell.Config, cell.Experiment.Device)))
        {
            devices.Check(cell.Experiment.Device, DevicePlace(cell));
        }
        var prepared = new PreparedSweep(_file, rungs, options.Out);
        if (options.DryRun && !prepared.Sources.All(source => data.IsAtHand(source, options.Data)))
        {
            _report.List(rungs[0]);
            return ExitCode.Ok;
        }
        CellRun[][] runs = await prepared.LoadAsync(
            data, options.Data, cell => options.DryRun ? PreparedSweep.Nowhere : devices.Of(cell.Experiment.Device, DevicePlace(cell)), cancellation);
        if (options.DryRun)
        {
            Array.ForEach(runs[0], cell => cell.Result = cell.Read());
            _report.List(runs[0]);
            return ExitCode.Ok;
        }
        return Execute(runs, command, cancellation);
    }

    private string DevicePlace(SweepCell cell) => options.HasDevice ? "--device" : $"{cell.Config}: device";

    private ExitCode Execute(CellRun[][] rungs, IReadOnlyList<string> command, CancellationToken cancellation)
    {
        SweepFolder? folder = _file.Name is { } name ? SweepFolder.Of(options.Out, name) : null;
        if (folder is not null)
        {
            ResultLinks.ThrowIfLeadingOut(folder.Path);
        }
        using RunLock? folderLock = folder is null ? null : new RunLock(folder.Path);
        if (folderLock?.Notice is { } notice)
        {
            shell.Error.WriteLine(notice);
        }
        if (folder is not null && new ClusterFolder(folder).IsThere)
        {
            shell.Error.WriteLine($"trainer: {folder.Path}: was submitted to a cluster; what its tasks have not begun is trained here ('trainer sweep status {folder.Path}')");
        }
        folder?.Keep(_file, options.Set);
        int cores = options.Threads > 0 ? options.Threads : Environment.ProcessorCount;
        var settings = new CellSettings(command, options.Force, options.Retry, cores, options.Jobs > 0 ? options.Jobs : cores);
        ISweepDisplay display = _report.Display();
        var cells = new List<CellRun>();
        SweepIndex? index = folder is null ? null : new SweepIndex(folder, cells, _file.VariedKeys);
        var executor = new CellExecutor(new CellEngines(shell.Devices, options.Jobs > 0 ? options.Jobs : int.MaxValue), settings, () =>
        {
            index?.Tick();
            display.Refresh();
        });
        _report.Begin(rungs[0]);
        display.Show(() =>
        {
            Execute(rungs, cells, executor, display, index, cancellation);
            index?.Write();
        });
        executor.Notices.ForEach(shell.Error.WriteLine);
        _report.End(cells, folder);
        // What was at work was kept, and the rest has not begun: the same command goes on.
        return cells.Exists(cell => cell.Result.IsOpen) ? ExitCode.Requeue
            : cells.Exists(cell => cell.Result.State == CellState.Failed) ? ExitCode.Failure
            : cells.Exists(cell => cell.Result.State == CellState.Diverged) ? ExitCode.Diverged
            : ExitCode.Ok;
    }

    private void Execute(
        CellRun[][] rungs, List<CellRun> reached, CellExecutor executor, ISweepDisplay display, SweepIndex? index, CancellationToken cancellation)
    {
        IReadOnlySet<int>? best = null;
        for (int rung = 0; rung < rungs.Length; rung++)
        {
            CellRun[] cells = [.. rungs[rung].Where(cell => best is null || best.Contains(cell.Cell.Group))];
            if (cells.Length == 0)
            {
                return;
            }
            reached.AddRange(cells);
            executor.Find(cells);
            display.Begin(cells);
            if (!cells.All(cell => cell.IsSkipped))
            {
                // Not for a rung that is done: what the index says of later ones stays until they are reached.
                index?.Write();
            }
            executor.Execute(
                cells,
                cell =>
                {
                    index?.Change();
                    display.Ended(cell);
                },
                cancellation);
            if (cells.Any(cell => cell.Result.IsOpen))
            {
                return;
            }
            best = rung + 1 < rungs.Length ? _file.Halving!.Best(cells, rung) : null;
        }
    }
}
