using System.Collections.Concurrent;
using System.Diagnostics;
using Trainer.Devices;
using Trainer.Failures;
using Trainer.Results;
using Trainer.Sessions;

namespace Trainer.Sweeps;

/// <summary>
/// Runs cells side by side in this process. A cell that starts gets an equal part of the free cores, at least one, and keeps it;
/// each has a thread of its own. Results depend on none of that.
/// </summary>
/// <param name="engines">Makes their engines.</param>
/// <param name="settings">What was asked for.</param>
/// <param name="tick">Called on the caller's thread ten times a second while cells run.</param>
internal sealed class CellExecutor(CellEngines engines, CellSettings settings, Action tick)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    // How often a folder is looked at in which another process is at work.
    private static readonly long LookAgain = Stopwatch.Frequency / 2;

    private readonly BlockingCollection<CellEnding> _ended = [];
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
                Finish(cell);
            }
        }
    }

    /// <summary>A process that was killed may have ended a run and not yet drawn it.</summary>
    private void Finish(CellRun cell)
    {
        try
        {
            if (cell.Result is { State: CellState.Completed, Last: { } last })
            {
                RunClosing.Finish(cell.Folder, cell.Experiment, cell.Images.Name, last.Epoch, cell.Result.Message);
            }
            else if (cell.Result.Last is not null && !File.Exists(cell.Folder.Curves))
            {
                RunPictures.Draw(cell.Folder, cell.Experiment, cell.Images.Name);
            }
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
            if (_ended.TryTake(out CellEnding? ending, Tick))
            {
                End(ending, waiting, ended);
            }
            tick();
        }
    }

    /// <summary>The next cell for which there is room; null while there is none.</summary>
    private CellRun? Next(LinkedList<CellRun> waiting)
    {
        long now = Stopwatch.GetTimestamp();
        var taken = new Dictionary<string, bool>(StringComparer.Ordinal);
        return waiting.FirstOrDefault(cell => cell.NotBefore <= now && !IsTaken(cell.Device));

        bool IsTaken(DeviceChoice device)
        {
            if (!taken.TryGetValue(device.Name, out bool isTaken))
            {
                taken[device.Name] = isTaken = Room(device) <= 0;
            }
            return isTaken;
        }
    }

    /// <summary>How many more cells may start on a device: what runs on others takes none of its room.</summary>
    private int Room(DeviceChoice device)
    {
        CellBundle[] there = [.. _running.Where(bundle => CellEngines.AreShared(bundle.Device, device))];
        return CellEngines.IsTakenWhole(device) && there.Length > 0 ? 0 : settings.Jobs - there.Sum(bundle => bundle.Left);
    }

    private void Start(CellRun first, LinkedList<CellRun> waiting, CancellationToken cancellation)
    {
        int free = settings.Cores - _running.Sum(bundle => bundle.Cores);
        int starters = waiting.Where(cell => CellEngines.AreShared(cell.Device, first.Device)).Take(Room(first.Device)).Count();
        int threads = CellEngines.IsTakenWhole(first.Device) ? 1 : Math.Max(1, free / starters);
        IReadOnlyList<CellRun> together = engines.Together(first, waiting.Where(cell => cell != first && cell.NotBefore == 0));
        var bundle = new CellBundle(together, threads, engines, settings, ending => _ended.Add(ending, CancellationToken.None));
        foreach (CellRun cell in together)
        {
            waiting.Remove(cell);
            cell.Result = new CellResult(CellState.Running);
        }
        _running.Add(bundle);
        new Thread(() => bundle.Run(cancellation)) { Name = $"cell {first.Cell.Number}", IsBackground = true }.Start();
    }

    private void End(CellEnding ending, LinkedList<CellRun> waiting, Action<CellRun> ended)
    {
        if (ending.Cell is not { } cell)
        {
            _running.Remove(ending.Bundle);
            return;
        }
        ending.Bundle.Left--;
        (cell.Result, cell.IsSkipped) = (ending.Result, ending.IsSkipped);
        Notices.AddRange(ending.Notices);
        if (cell.Result.State == CellState.Busy)
        {
            // Behind all others: what they do meanwhile costs no time.
            cell.NotBefore = Stopwatch.GetTimestamp() + LookAgain;
            waiting.AddLast(cell);
            return;
        }
        ended(cell);
    }
}
