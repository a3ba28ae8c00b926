using Trainer.Failures;
using Trainer.Listings;
using Trainer.Results;
using Trainer.Sessions;
using Trainer.Sweeps;
using Trainer.Terminal;

namespace Trainer.Clusters;

/// <summary>What <c>trainer sweep collect</c> does: writes the index of a submitted sweep from its run folders. No scheduler is asked, and no
/// task ever writes the index: ten thousand of them would rewrite it ten thousand times.</summary>
/// <param name="shell">Where to print.</param>
/// <param name="folder">The sweep.</param>
/// <param name="json">Whether to print JSON lines.</param>
internal sealed class CollectSession(Shell shell, ClusterFolder folder, bool json)
{
    // A screen or two; the index has all of them.
    private const int MostRows = 100;

    /// <summary>Collects.</summary>
    /// <returns>The worst that happened to a cell; 85 where some are still to be done.</returns>
    /// <exception cref="TrainerException">What went wrong, in a line.</exception>
    public ExitCode Execute()
    {
        using RunLock alone = SweepHold.Take(shell, folder);
        var files = new PlanFiles(folder);
        ClusterPlan plan = files.Plan();
        List<Submission> submissions = folder.AllSubmissions();
        CollectedCell[] cells = [.. files.Cells(plan).AsParallel().AsOrdered().Select(planned => Collect(plan, planned, submissions))];
        new SweepIndex(folder.Sweep, cells, plan.Varied).Write();
        if (json)
        {
            var lines = new JsonSweepDisplay(shell.Output);
            Array.ForEach(cells, cell => lines.Write(cell, cell.Result));
        }
        else
        {
            Print(cells);
        }
        return cells.Any(cell => cell.Result.State == CellState.Failed) ? ExitCode.Failure
            : cells.Any(cell => cell.Result.State == CellState.Diverged) ? ExitCode.Diverged
            : cells.Any(cell => cell.Result.IsOpen) ? ExitCode.Requeue
            : ExitCode.Ok;
    }

    /// <summary>A task that was killed may have ended its run and not yet drawn it.</summary>
    private CollectedCell Collect(ClusterPlan plan, PlannedCell planned, List<Submission> submissions)
    {
        TaskMark? mark = ClusterFolder.TryRead<TaskMark>(folder.Mark(planned.Cell));
        // One of an earlier submission says nothing of what this one's task is going to do.
        bool isLast = mark?.Submission == submissions.LastOrDefault(submission => submission.Parts.Count > 0 && submission.CellRanges.Contains(planned.Cell))?.Number;
        var cell = CollectedCell.Read(plan, planned, isLast ? mark : null);
        if (cell.Result is { State: CellState.Completed, Last: { } last })
        {
            ResultLinks.ThrowIfLeadingOut(cell.Folder.Path);
            RunClosing.Finish(cell.Folder, cell.Cell.Experiment, cell.DataSet, last.Epoch, cell.Result.Message);
        }
        return cell;
    }

    private void Print(IReadOnlyList<ICellRecord> cells)
    {
        bool isRounded = shell.IsTerminal && shell.Console.Profile.Capabilities.Unicode;
        int width = shell.IsTerminal ? shell.Console.Profile.Width : int.MaxValue;
        if (cells.Count <= MostRows)
        {
            foreach (string line in SweepTable.Lines(cells, width, isRounded))
            {
                shell.Output.WriteLine(line);
            }
        }
        foreach (ICellRecord cell in cells.Where(cell => cell.Result.HasGivenUp).Take(MostRows))
        {
            shell.Output.WriteLine($"{cell.Cell}: {SweepTable.Ending(cell)}");
        }
        shell.Output.WriteLine(SweepTable.Counts(cells));
        if (cells.Any(cell => cell.Result.IsOpen))
        {
            shell.Output.WriteLine($"not all are done: 'trainer sweep status {folder.Sweep.Path}' says how they stand");
        }
        shell.Output.WriteLine($"index:    {folder.Sweep.Index}");
    }
}
