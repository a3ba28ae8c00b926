using Trainer.Engines;
using Trainer.Failures;
using Trainer.Results;
using Trainer.Sessions;

namespace Trainer.Sweeps;

/// <summary>Cells that start together: each with its folder, its engine and its thread.</summary>
/// <param name="cells">The cells.</param>
/// <param name="threads">Threads of each where the processor computes.</param>
/// <param name="engines">Makes their engines.</param>
/// <param name="settings">What was asked for.</param>
internal sealed class CellBundle(IReadOnlyList<CellRun> cells, int threads, CellEngines engines, CellSettings settings)
{
    private readonly CellResult[] _results = new CellResult[cells.Count];

    /// <summary>The cells.</summary>
    public IReadOnlyList<CellRun> Cells => cells;

    /// <summary>Cores that they take.</summary>
    public int Cores => cells.Count * threads;

    /// <summary>How each ended; once <see cref="Run"/> has returned.</summary>
    public IReadOnlyList<CellResult> Results => _results;

    /// <summary>Problems that cost no number, a line each.</summary>
    public List<string> Notices { get; } = [];

    /// <summary>Runs them to their ends. Nothing is thrown: what goes wrong with a cell is its result.</summary>
    public void Run(CancellationToken cancellation)
    {
        var begun = new List<(int Index, PreparedRun Run, RunLock Lock)>();
        try
        {
            for (int k = 0; k < cells.Count; k++)
            {
                if (Begin(k) is var (run, folderLock))
                {
                    begun.Add((k, run, folderLock));
                }
            }
            if (begun.Count > 0)
            {
                Train(begun, cancellation);
            }
        }
        finally
        {
            begun.ForEach(cell => cell.Lock.Dispose());
        }
    }

    /// <summary>Takes the folder of cell <paramref name="k"/>; null where there is nothing to do in it.</summary>
    private (PreparedRun Run, RunLock Lock)? Begin(int k)
    {
        CellRun cell = cells[k];
        RunLock? folderLock = null;
        try
        {
            folderLock = RunLock.TryTake(cell.Folder);
            if (folderLock is null)
            {
                _results[k] = new CellResult(CellState.Busy);
                return null;
            }
            // Another process may have been at work in it until now.
            if (settings.IsThere(cell.Read()) is { } found)
            {
                (_results[k], cell.IsSkipped) = (found, true);
                folderLock.Dispose();
                return null;
            }
            return (new PreparedRun(cell.Cell.ToString(), cell.Experiment, cell.Images, cell.Results), folderLock);
        }
        catch (Exception failure)
        {
            folderLock?.Dispose();
            _results[k] = Failed(failure);
            return null;
        }
    }

    private void Train(List<(int Index, PreparedRun Run, RunLock Lock)> begun, CancellationToken cancellation)
    {
        IReadOnlyList<IEngine> made;
        try
        {
            made = engines.Create(cells[0].Device, [.. begun.Select(cell => cell.Run.Setup)], threads);
        }
        catch (Exception failure)
        {
            begun.ForEach(cell => _results[cell.Index] = Failed(failure));
            return;
        }
        Thread[] others = [.. Enumerable.Range(1, begun.Count - 1).Select(k =>
            new Thread(() => Train(begun[k].Index, begun[k].Run, made[k], cancellation)) { Name = $"cell {cells[begun[k].Index].Cell.Number}" })];
        Array.ForEach(others, thread => thread.Start());
        Train(begun[0].Index, begun[0].Run, made[0], cancellation);
        Array.ForEach(others, thread => thread.Join());
    }

    private void Train(int k, PreparedRun run, IEngine engine, CancellationToken cancellation)
    {
        CellRun cell = cells[k];
        cell.Begin();
        try
        {
            using (engine)
            {
                RunOutcome outcome = new RunExecution(run, cell.Device, engine, settings.Command, isAlone: false).Execute(cell, cancellation);
                _results[k] = outcome.State == RunState.Interrupted ? new CellResult(CellState.Interrupted) : Recorded(cell, outcome);
                Note(outcome.DrawingFailure);
            }
        }
        catch (Exception failure)
        {
            _results[k] = Failed(failure);
        }
        finally
        {
            cell.End();
        }
    }

    /// <summary>As the folder has it, so that the next start finds the same; a failure that could not be written there is told all
    /// the same.</summary>
    private static CellResult Recorded(CellRun cell, RunOutcome outcome)
    {
        CellResult read = cell.Read();
        return read.State != CellState.Waiting ? read
            : outcome.Failure is { } failure ? Failed(failure)
            : new CellResult(CellState.Failed, Message: $"{cell.Folder.Path}: was changed by somebody else meanwhile");
    }

    private static CellResult Failed(Exception failure) => new(CellState.Failed, Message: failure switch
    {
        TrainerException known => known.Message,
        OutOfMemoryException => "not enough memory; try fewer --jobs, a smaller batch_size or smaller model.hidden",
        _ => $"unexpected {failure.GetType().Name}: {failure.Message.ReplaceLineEndings(" ")}",
    });

    private void Note(TrainerException? failure)
    {
        if (failure is not null)
        {
            lock (Notices)
            {
                Notices.Add(failure.Message);
            }
        }
    }
}
