using Trainer.Clusters.Slurm;
using Trainer.Data;
using Trainer.Failures;
using Trainer.Results;
using Trainer.Runs;
using Trainer.Sessions;
using Trainer.Storage;
using Trainer.Terminal;
using Trainer.Yaml;

namespace Trainer.Clusters;

/// <summary>What <c>trainer sweep-task</c> does: the cells of one task of an array, one after the other, each from where it was left.</summary>
/// <param name="shell">Where to print.</param>
/// <param name="folder">The sweep.</param>
/// <param name="number">The submission.</param>
/// <param name="offset">How many tasks are in the arrays before this one.</param>
/// <param name="place">What the scheduler says.</param>
/// <param name="data">Where images come from.</param>
internal sealed class TaskSession(Shell shell, ClusterFolder folder, int number, int offset, TaskPlace place, DataProvider data)
{
    private const int RequeueAttempts = 10;
    private const int HashDigits = 12;

    // Longer than an older copy needs to notice (a second), to end its slice and to write what it has begun.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromSeconds(2);

    private readonly Dictionary<PlannedData, DataSet> _images = [];

    /// <summary>Does what is left of the task.</summary>
    /// <param name="command">The command line, for manifests.</param>
    /// <param name="cancellation">Ends it, after a checkpoint.</param>
    /// <returns>How it ended: the worst that happened to a cell.</returns>
    /// <exception cref="TrainerException">What went wrong before a cell could begin, in a line.</exception>
    public async Task<ExitCode> ExecuteAsync(IReadOnlyList<string> command, CancellationToken cancellation)
    {
        using var requeue = new RequeueSignal();
        var files = new PlanFiles(folder);
        ClusterPlan plan = files.Plan();
        Submission submission = folder.Submission(number);
        IReadOnlyList<int> cells = submission.CellsOf(offset + place.Index);
        ExitCode worst = ExitCode.Ok;
        foreach (int cell in cells)
        {
            if (folder.Submission(number).Cancelled is not null)
            {
                Write($"cell {cell}: cancelled; nothing is begun");
                return worst;
            }
            if (cells.Count > 1 && place.Restart > 0 && Left(cell) is { } before)
            {
                Write($"cell {cell}: ended before: {before.Message}");
                worst = Worse(worst, ExitCode.Failure);
                continue;
            }
            ExitCode ended = await StartAsync(plan, submission, files.Cell(cell), command, cancellation);
            if (ended == ExitCode.Requeue)
            {
                return Stopped(cell, submission, requeue);
            }
            worst = Worse(worst, ended);
        }
        return worst;
    }

    private static ExitCode Worse(ExitCode one, ExitCode other) =>
        one == ExitCode.Ok || (one == ExitCode.Diverged && other != ExitCode.Ok) ? other : one;

    private async Task<ExitCode> StartAsync(
        ClusterPlan plan, Submission submission, PlannedCell cell, IReadOnlyList<string> command, CancellationToken cancellation)
    {
        Write(FormattableString.Invariant($"cell {cell.Cell} ({cell.Described()}): task {place.Name}{(place.Restart > 0 ? $", restart {place.Restart}" : "")}, on {Environment.MachineName}"));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            return await RunAsync(plan, submission, cell, command, stop);
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Requeue;
        }
        catch (LeaseLostException lost) when (lost.Holder?.Task == place.Name)
        {
            // A later start of this very task, which has all its other cells, too.
            throw;
        }
        catch (TrainerException failure)
        {
            // The other cells of the task have nothing to do with it.
            shell.Error.WriteLine($"trainer: {Excerpt.OneLine(failure.Message)}");
            if (failure is not LeaseLostException)
            {
                Mark(cell.Cell, isStopped: failure is RunBusyException, failure.Message);
            }
            return failure.ExitCode;
        }
        catch (Exception defect)
        {
            Mark(cell.Cell, isStopped: false, $"unexpected {defect.GetType().Name}: {defect.Message.ReplaceLineEndings(" ")}");
            throw;
        }
    }

    private async Task<ExitCode> RunAsync(
        ClusterPlan plan, Submission submission, PlannedCell cell, IReadOnlyList<string> command, CancellationTokenSource stop)
    {
        Experiment experiment = cell.Read();
        string device = $"cell {cell.Cell}: device";
        var devices = new DeviceChoices(shell.Devices);
        devices.Check(experiment.Device, device);
        DataSet images = await LoadAsync(plan.DataOf(cell), stop.Token);
        var holder = new LeaseHolder(
            submission.Submitted, place.Restart, place.Name, Environment.MachineName, Environment.ProcessId, DateTimeOffset.UtcNow, Guid.NewGuid());
        var run = new SingleRun(shell, json: false, place.Cores, command)
        {
            Take = run =>
            {
                var taken = LeasedRun.Take(run, holder, Patience, stop);
                // What an earlier start has left to say is out of date; before this one had the lease it may have been a later one's.
                Unmark(cell.Cell);
                return taken;
            },
        };
        var prepared = new PreparedRun($"cell {cell.Cell}", experiment, images, plan.Results);
        return run.Execute(prepared, () => devices.Of(experiment.Device, device), RunStart.Usual, stop.Token);
    }

    /// <summary>The images that were there when the sweep was submitted, read once for all cells of the task.</summary>
    private async Task<DataSet> LoadAsync(PlannedData planned, CancellationToken cancellation)
    {
        if (!_images.TryGetValue(planned, out DataSet? images))
        {
            images = await data.LoadAsync(planned.Source, planned.Folder, cancellation);
            if (images.Hash != planned.Hash)
            {
                throw new DataException(
                    $"{images.Origin}: holds other images (SHA-256 {Short(images.Hash)}) than the {planned.Name} that the sweep was submitted with ({Short(planned.Hash)}); put those back");
            }
            _images.Add(planned, images);
        }
        return images;
    }

    private static string Short(string hash) => hash.Length <= HashDigits ? hash : hash[..HashDigits] + "…";

    /// <summary>What a start of this task has noted of a cell that ended without success: a task of several cells that is queued again because of
    /// another need not do it once more.</summary>
    private TaskMark? Left(int cell) =>
        ClusterFolder.TryRead<TaskMark>(folder.Mark(cell)) is { IsStopped: false } mark && mark.Submission == number && mark.Task == place.Name ? mark : null;

    /// <summary>After a checkpoint: queued again where that was asked for by its signal, else left.</summary>
    private ExitCode Stopped(int cell, Submission submission, RequeueSignal signal)
    {
        if (!signal.IsWanted)
        {
            Write($"cell {cell}: left; 'trainer sweep resume {folder.Sweep.Path}' goes on with it, unless the scheduler does");
            return ExitCode.Requeue;
        }
        // One that cannot be read just now was not cancelled a moment ago.
        submission = ClusterFolder.TryRead<Submission>(folder.PlaceOf(number)) ?? submission;
        string? why = submission.Cancelled is not null ? "the sweep was cancelled"
            : place.Job is not { } job ? "this is no task of a SLURM array"
            : place.Restart >= submission.Settings.Requeues ? FormattableString.Invariant($"it has been requeued {place.Restart} times, and --requeues is {submission.Settings.Requeues}")
            : Requeue(job, signal);
        if (why is null)
        {
            Write($"cell {cell}: requeued as {place.Name}");
            return ExitCode.Requeue;
        }
        Mark(cell, isStopped: true, $"not requeued: {why}");
        Write($"cell {cell}: not requeued: {why}; 'trainer sweep resume {folder.Sweep.Path}' goes on with it");
        return ExitCode.Requeue;
    }

    /// <summary>Why it cannot be; null where it was. A controller that starts again a moment later is waited for: until SLURM ends the task
    /// there is time, and a second word where the first was heard does no harm. Once the task is being ended, it is not brought back.</summary>
    private string? Requeue(string job, RequeueSignal signal)
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                shell.Clusters.Slurm.Requeue(job, place.Index);
                return null;
            }
            catch (SchedulerException failure) when (failure.IsUnreachable && attempt < RequeueAttempts && signal.IsWanted)
            {
                signal.WaitForTerm(BetweenAttempts);
            }
            catch (TrainerException failure)
            {
                return failure.Message;
            }
        }
    }

    private void Unmark(int cell)
    {
        try
        {
            if (File.Exists(folder.Mark(cell)))
            {
                Disk.Current.DeleteFile(folder.Mark(cell));
            }
        }
        catch (Exception failure) when (WriteFailure.IsOne(failure))
        {
            shell.Error.WriteLine($"trainer: {folder.Mark(cell)}: cannot be removed: {failure.Message}");
        }
    }

    private void Mark(int cell, bool isStopped, string message)
    {
        try
        {
            AtomicFile.WriteText(folder.Mark(cell), JsonText.File(new TaskMark(
                number, place.Name, Environment.MachineName, DateTimeOffset.UtcNow, isStopped, message)));
        }
        catch (RunFailedException failure)
        {
            shell.Error.WriteLine($"trainer: {failure.Message}");
        }
    }

    private void Write(string line)
    {
        shell.Output.WriteLine(line);
        shell.Output.Flush();
    }
}
