using Trainer.Devices;
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
/// <param name="ended">Told of each cell that has ended, as soon as it has and on any thread, and that all have.</param>
internal sealed class CellBundle(
    IReadOnlyList<CellRun> cells, int threads, CellEngines engines, CellSettings settings, Action<CellEnding> ended)
{
    /// <summary>Where they run.</summary>
    public DeviceChoice Device => cells[0].Device;

    /// <summary>How many of them have not ended, as far as the one knows who counts them.</summary>
    public int Left { get; set; } = cells.Count;

    /// <summary>Cores that they take. The threads of cells on a GPU wait for it, and for one another, nearly all of the time.</summary>
    public int Cores => CellEngines.IsTakenWhole(Device) ? 1 : Left * threads;

    /// <summary>Runs them to their ends. Nothing is thrown: what goes wrong with a cell is its result.</summary>
    public void Run(CancellationToken cancellation)
    {
        try
        {
            var begun = new List<BegunCell>();
            foreach (CellRun cell in cells)
            {
                if (Begin(cell) is { } one)
                {
                    begun.Add(one);
                }
            }
            Train(begun, cancellation);
        }
        finally
        {
            ended(new CellEnding(this, null, CellResult.Nothing));
        }
    }

    /// <summary>Takes the folder of a cell; null where there is nothing to do in it.</summary>
    private BegunCell? Begin(CellRun cell)
    {
        RunLock? folderLock = null;
        try
        {
            folderLock = RunLock.TryTake(cell.Folder);
            if (folderLock is null)
            {
                ended(new CellEnding(this, cell, new CellResult(CellState.Busy)));
                return null;
            }
            // Another process may have been at work in it until now.
            if (settings.IsThere(cell.Read()) is { } found)
            {
                folderLock.Dispose();
                ended(new CellEnding(this, cell, found, IsSkipped: true));
                return null;
            }
            return new BegunCell(cell, new PreparedRun(cell.Cell.ToString(), cell.Experiment, cell.Images, cell.Results), folderLock);
        }
        catch (Exception failure)
        {
            folderLock?.Leave();
            ended(new CellEnding(this, cell, Failed(failure)));
            return null;
        }
    }

    /// <summary>Trains all of them together; where the memory is too short for that, part by part.</summary>
    private void Train(List<BegunCell> begun, CancellationToken cancellation)
    {
        int size = begun.Count;
        for (int start = 0; start < begun.Count;)
        {
            List<BegunCell> part = begun[start..Math.Min(start + size, begun.Count)];
            IReadOnlyList<IEngine> made;
            try
            {
                made = engines.Create(Device, [.. part.Select(cell => cell.Run.Setup)], threads);
            }
            catch (Exception failure) when (part.Count > 1 && failure is DeviceException or OutOfMemoryException)
            {
                size = (part.Count + 1) / 2;
                continue;
            }
            catch (Exception failure)
            {
                // The others are like these, and on the same device.
                begun[start..].ForEach(cell => End(cell, Failed(failure)));
                return;
            }
            Train(part, made, cancellation);
            start += part.Count;
        }
    }

    private void Train(List<BegunCell> part, IReadOnlyList<IEngine> made, CancellationToken cancellation)
    {
        Thread[] others = [.. Enumerable.Range(1, part.Count - 1).Select(k =>
            new Thread(() => Train(part[k], made[k], cancellation)) { Name = $"cell {part[k].Cell.Cell.Number}" })];
        Array.ForEach(others, thread => thread.Start());
        Train(part[0], made[0], cancellation);
        Array.ForEach(others, thread => thread.Join());
    }

    private void Train(BegunCell begun, IEngine engine, CancellationToken cancellation)
    {
        (CellRun cell, PreparedRun run, _) = begun;
        CellResult result;
        var notices = new List<string>();
        cell.Begin();
        try
        {
            using (engine)
            {
                // Beside a GPU the cores are free to prepare its inputs.
                int? preparing = CellEngines.IsTakenWhole(Device) ? null : threads;
                var execution = new RunExecution(run, Device, engine, new RunStart(settings.Force), settings.Command, isAlone: false, preparing);
                notices.AddRange(execution.Problems);
                RunOutcome outcome = execution.Execute(cell, cancellation);
                result = outcome.State == RunState.Interrupted ? new CellResult(CellState.Interrupted) : Recorded(cell, outcome);
                if (outcome.DrawingFailure is { } drawing)
                {
                    notices.Add(drawing.Message);
                }
            }
        }
        catch (Exception failure)
        {
            result = Failed(failure);
        }
        cell.End();
        End(begun, result, notices);
    }

    /// <summary>Lets go of the folder before anybody hears of it: others may wait for it.</summary>
    private void End(BegunCell begun, CellResult result, IReadOnlyList<string>? notices = null)
    {
        begun.Lock.Leave();
        ended(new CellEnding(this, begun.Cell, result) { Notices = notices ?? [] });
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

    /// <summary>A cell whose folder is taken.</summary>
    private sealed record BegunCell(CellRun Cell, PreparedRun Run, RunLock Lock);
}
