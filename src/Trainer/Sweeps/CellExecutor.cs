using System.Collections.Concurrent;
using System.Diagnostics;
using Trainer.Devices;
using Trainer.Failures;
using Trainer.Results;
using Trainer.Terminal;

namespace Trainer.Sweeps;

/// <summary>
/// Runs cells side by side in this process. A cell that starts gets an equal part of the free cores, at least one, and keeps it;
/// each has a thread of its own. Results depend on none of that.
/// </summary>
/// <param name="engines">Makes their engines.</param>
/// <param name="settings">What was asked for.</param>
/// <param name="display">Shows how far they are.</param>
internal sealed class CellExecutor(CellEngines engines, CellSettings settings, ISweepDisplay display)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    // How often a folder is looked at in which another process is at work.
    private static readonly long LookAgain = Stopwatch.Frequency / 2;

    private readonly BlockingCollection<CellBundle> _ended = [];
    private readonly List<CellBundle> _running = [];

    /// <summary>Problems that cost no number, a line each.</summary>
    public List<string> Notices { get; } = [];

    /// <summary>Looks which cells are there already.</summary>
    /// <param name="cells">The cells.</param>
    public void Find(IReadOnlyList<CellRun> cells)
    {
        foreach (CellRun cell in cells)
        {
            if (settings.IsThere(cell.Read()) is { } found)
            {
                (cell.Result, cell.IsSkipped) = (found, true);
                DrawMissing(cell);
            }
        }
    }

    /// <summary>A process that was killed may have ended a run and not yet drawn it.</summary>
    private void DrawMissing(CellRun cell)
    {
        if (cell.Result.Last is null || File.Exists(cell.Folder.Curves))
        {
            return;
        }
        try
        {
            RunPictures.Draw(cell.Folder, cell.Experiment, cell.Images.Name);
        }
        catch (TrainerException failure)
        {
            Notices.Add(failure.Message);
        }
    }

    /// <summary>Runs the cells that <see cref="Find"/> has not found.</summary>
    /// <param name="cells">The cells, in the order in which they start.</param>
    /// <param name="ended">Told of each that has ended, on the caller's thread.</param>
    /// <param name="cancellation">Ends all of them.</param>
    public void Execute(IReadOnlyList<CellRun> cells, Action<CellRun> ended, CancellationToken cancellation)
    {
        var waiting = new LinkedList<CellRun>(cells.Where(cell => !cell.IsSkipped));
        while (waiting.Count + _running.Count > 0)
        {
            while (!cancellation.IsCancellationRequested && Next(waiting) is { } first)
            {
                Start(first, waiting, cancellation);
            }
            if (cancellation.IsCancellationRequested && _running.Count == 0)
            {
                return;
            }
            if (_ended.TryTake(out CellBundle? bundle, Tick))
            {
                End(bundle, waiting, ended);
            }
            display.Refresh();
        }
    }

    /// <summary>The next cell for which there is room; null while there is none.</summary>
    private CellRun? Next(LinkedList<CellRun> waiting)
    {
        if (_running.Sum(bundle => bundle.Cells.Count) >= settings.Jobs)
        {
            return null;
        }
        long now = Stopwatch.GetTimestamp();
        return waiting.FirstOrDefault(cell => cell.NotBefore <= now && !IsTaken(cell.Device));
    }

    private bool IsTaken(DeviceChoice device) =>
        CellEngines.IsTakenWhole(device) && _running.Exists(bundle => bundle.Cells[0].Device.Name == device.Name);

    private void Start(CellRun first, LinkedList<CellRun> waiting, CancellationToken cancellation)
    {
        int free = settings.Cores - _running.Sum(bundle => bundle.Cores);
        int starters = Math.Min(waiting.Count, settings.Jobs - _running.Sum(bundle => bundle.Cells.Count));
        // A cell on a GPU takes the core of its own thread.
        int threads = CellEngines.IsTakenWhole(first.Device) ? 1 : Math.Max(1, free / starters);
        IReadOnlyList<CellRun> together = engines.Together(first, waiting.Where(cell => cell != first && cell.NotBefore == 0));
        var bundle = new CellBundle(together, threads, engines, settings);
        foreach (CellRun cell in together)
        {
            waiting.Remove(cell);
            cell.Result = new CellResult(CellState.Running);
        }
        _running.Add(bundle);
        new Thread(() =>
        {
            bundle.Run(cancellation);
            _ended.Add(bundle, CancellationToken.None);
        })
        { Name = $"cell {first.Cell.Number}", IsBackground = true }.Start();
    }

    private void End(CellBundle bundle, LinkedList<CellRun> waiting, Action<CellRun> ended)
    {
        _running.Remove(bundle);
        Notices.AddRange(bundle.Notices);
        for (int k = 0; k < bundle.Cells.Count; k++)
        {
            CellRun cell = bundle.Cells[k];
            cell.Result = bundle.Results[k];
            if (cell.Result.State == CellState.Busy)
            {
                // Behind all others: what they do meanwhile costs no time.
                cell.NotBefore = Stopwatch.GetTimestamp() + LookAgain;
                waiting.AddLast(cell);
                continue;
            }
            ended(cell);
        }
    }
}
