using Trainer.Clusters.Slurm;
using Trainer.Failures;
using Trainer.Results;

namespace Trainer.Clusters;

/// <summary>A submitted sweep as its files and the scheduler have it.</summary>
internal sealed class ClusterSweep
{
    /// <summary>For how long a cell that nobody knows anything of is waited for before it counts as lost: a shared file system may show
    /// late what a node has written, and a scheduler forgets a task some seconds before that has ended.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);

    private readonly CellFiles[] _files;
    private readonly (Submission Submission, SubmissionPart Part, int Index)?[] _tasks;

    private ClusterSweep(ClusterFolder folder, ClusterPlan plan, IReadOnlyList<PlannedCell> cells, IReadOnlyList<Submission> submissions)
    {
        (Folder, Plan, Cells, Submissions) = (folder, plan, cells, submissions);
        _files = new CellFiles[cells.Count];
        Parallel.For(0, cells.Count, Read);
        _tasks = new (Submission, SubmissionPart, int)?[cells.Count];
        foreach (Submission submission in submissions)
        {
            foreach (SubmissionPart part in submission.Parts)
            {
                foreach ((int cell, int index) in submission.CellsOf(part))
                {
                    _tasks[IndexOf(cell)] = (submission, part, index);
                }
            }
        }
    }

    /// <summary>Where it lies.</summary>
    public ClusterFolder Folder { get; }

    /// <summary>What it is.</summary>
    public ClusterPlan Plan { get; }

    /// <summary>Its cells.</summary>
    public IReadOnlyList<PlannedCell> Cells { get; }

    /// <summary>What was handed to schedulers.</summary>
    public IReadOnlyList<Submission> Submissions { get; }

    /// <summary>Reads a sweep.</summary>
    /// <exception cref="TrainerException">It was not submitted, or cannot be read.</exception>
    public static ClusterSweep Load(ClusterFolder folder)
    {
        var files = new PlanFiles(folder);
        ClusterPlan plan = files.Plan();
        return new ClusterSweep(folder, plan, files.Cells(plan), folder.AllSubmissions());
    }

    /// <summary>Reads again what was not done: an answer of the scheduler is younger than what was read before it was asked, and what ended in
    /// between would be known to neither.</summary>
    public void Refresh() => Parallel.For(0, Cells.Count, k =>
    {
        if (!_files[k].IsDone)
        {
            Read(k);
        }
    });

    /// <summary>Where a cell is recorded.</summary>
    public RunFolder RunOf(PlannedCell cell) => cell.FolderBelow(Plan.Results);

    /// <summary>The last submission that a cell is in; null where it is in none.</summary>
    public Submission? LastOf(PlannedCell cell) => _tasks[IndexOf(cell.Cell)]?.Submission;

    /// <summary>The arrays that may still have something to do for a cell that is not done.</summary>
    public IReadOnlyList<SubmissionPart> OpenParts() =>
    [
        .. Submissions.Where(submission => submission.Launcher == Launcher.Slurm).SelectMany(submission => submission.Parts
            .Where(part => submission.CellsOf(part).Any(task => !_files[IndexOf(task.Cell)].IsDone))),
    ];

    /// <summary>The task that a cell had last, as its array's id and its index; null where it had none.</summary>
    public (string Job, int Index)? TaskOf(PlannedCell cell) =>
        _tasks[IndexOf(cell.Cell)] is { Part.Job: { } job } task ? (job, task.Index) : null;

    /// <summary>Where the logs of a cell's last array lie; null where it had none.</summary>
    public string? LogsOf(PlannedCell cell) =>
        _tasks[IndexOf(cell.Cell)] is { } task ? Folder.Logs(task.Submission.Number, task.Part.Number) : null;

    /// <summary>The log of a task, as "4711_3"; null where there is none.</summary>
    public string? LogOf(string task)
    {
        string job = task.Split('_')[0];
        return Submissions.SelectMany(submission => submission.Parts.Where(part => part.Job == job)
                .Select(part => Path.Combine(Folder.Logs(submission.Number, part.Number), task + ".log")))
            .FirstOrDefault(File.Exists);
    }

    /// <summary>How every cell stands.</summary>
    /// <param name="queue">What the scheduler said; null where it could not be asked.</param>
    /// <param name="now">The time.</param>
    public IReadOnlyList<CellReport> Reports(QueueAnswer? queue, DateTimeOffset now)
    {
        Dictionary<int, LiveTask> live = queue is null ? [] : Live(queue);
        ILookup<string, IndexRanges> gone = (queue?.Gone ?? [])
            .Where(gone => now - gone.Since < Grace).ToLookup(gone => gone.Name, gone => IndexRanges.TryParse(gone.Indices) ?? IndexRanges.None);
        return [.. Cells.Select((cell, k) => Report(cell, k, live.GetValueOrDefault(cell.Cell), queue, gone, now))];
    }

    /// <summary>The tasks that have not ended, by their cells; of several the one that is at work.</summary>
    private Dictionary<int, LiveTask> Live(QueueAnswer queue)
    {
        var live = new Dictionary<int, LiveTask>();
        ILookup<string, QueueLine> lines = queue.Tasks.ToLookup(line => line.Name);
        foreach (Submission submission in Submissions)
        {
            foreach (SubmissionPart part in submission.Parts.Where(part => lines.Contains(part.Name)))
            {
                Dictionary<int, QueueLine> byIndex = ByIndex(lines[part.Name]);
                foreach ((int cell, int index) in submission.CellsOf(part))
                {
                    if (byIndex.TryGetValue(index, out QueueLine? line) && live.GetValueOrDefault(cell)?.Line.State != QueueState.Running)
                    {
                        live[cell] = new LiveTask(line, index, submission.Cancelled is not null);
                    }
                }
            }
        }
        return live;
    }

    private static Dictionary<int, QueueLine> ByIndex(IEnumerable<QueueLine> lines)
    {
        var byIndex = new Dictionary<int, QueueLine>();
        foreach (QueueLine line in lines)
        {
            foreach (int index in IndexRanges.TryParse(line.Indices) ?? IndexRanges.None)
            {
                byIndex[index] = line;
            }
        }
        return byIndex;
    }

    private CellReport Report(
        PlannedCell cell, int k, LiveTask? live, QueueAnswer? queue, ILookup<string, IndexRanges> gone, DateTimeOffset now)
    {
        (bool isDone, RunStatus? status, TaskMark? mark, LeaseHolder? lease) = _files[k];
        Submission? last = _tasks[k]?.Submission;
        // What a task of an earlier submission left says nothing of this one's.
        mark = mark?.Submission == last?.Number ? mark : null;
        CellReport Of(CellStanding standing, string? message = null, string? task = null) =>
            new(cell, standing, status) { Message = message, Task = task, IsLeaving = live?.IsCancelled == true };

        if (isDone)
        {
            return Of(CellStanding.Done, status?.Message);
        }
        bool hasGivenUp = status?.State is RunState.Diverged or RunState.Failed;
        if (live is not null && !(hasGivenUp && status!.Updated >= last?.Submitted) && !IsOver(live, mark, queue!, now))
        {
            string reason = live.Line.Reason;
            // It has begun since a last answer was given.
            bool hasBegun = queue!.Asked < now && lease?.Since > queue.Asked && lease.Task == live.Name;
            return Of(hasBegun ? CellStanding.AtWork : StandingOf(live.Line.State), hasBegun || live.Line.State == QueueState.Running || reason is "" or "None" ? null : reason, live.Name);
        }
        return hasGivenUp ? Of(status!.State == RunState.Diverged ? CellStanding.Diverged : CellStanding.Failed, status.Message, mark?.Task)
            : last is null ? Of(CellStanding.Unsubmitted)
            : mark is { IsStopped: false } ? Of(CellStanding.Failed, mark.Message, mark.Task)
            : last.Cancelled is not null ? Of(CellStanding.Cancelled)
            : mark is not null ? Of(CellStanding.Stopped, mark.Message, mark.Task)
            : Silent(cell, k, last, queue is not null, gone, now);
    }

    /// <summary>Whether a task has ended that the queue still shows: one of several cells goes on behind a cell that has ended, and a last answer
    /// may be half a minute old, and what a task has left younger.</summary>
    private static bool IsOver(LiveTask live, TaskMark? mark, QueueAnswer queue, DateTimeOffset now) => mark?.Task == live.Name
        && (live.Line.State is not (QueueState.Pending or QueueState.Held) || (queue.Asked < now && mark.When > queue.Asked));

    /// <summary>A cell that is not done, and of which the scheduler has said nothing.</summary>
    private CellReport Silent(
        PlannedCell cell, int k, Submission last, bool isAsked, ILookup<string, IndexRanges> gone, DateTimeOffset now)
    {
        (_, RunStatus? status, _, LeaseHolder? holder) = _files[k];
        var task = _tasks[k]!.Value;
        DateTimeOffset heard = new[] { last.Submitted, status?.Updated, holder?.Since }.OfType<DateTimeOffset>().Max();
        // One that lies ahead is of a machine whose clock does.
        bool isRecent = now - heard < Grace || gone[task.Part.Name].Any(indices => indices.Contains(task.Index));
        if (last.Launcher == Launcher.Kubernetes || !isAsked)
        {
            bool isAtWork = status?.State == RunState.Running && isRecent;
            return new CellReport(cell, isAtWork ? CellStanding.AtWork : CellStanding.Unknown, status) { Task = holder?.Task };
        }
        return status?.State == RunState.Interrupted
            ? new CellReport(cell, CellStanding.Stopped, status) { Message = status.Message }
            : new CellReport(cell, isRecent ? CellStanding.Settling : CellStanding.Lost, status) { Task = holder?.Task };
    }

    private void Read(int k) => _files[k] = CellFiles.Read(Folder, Plan, Cells[k]);

    private static CellStanding StandingOf(QueueState state) => state switch
    {
        QueueState.Pending => CellStanding.Queued,
        QueueState.Held => CellStanding.Held,
        _ => CellStanding.AtWork,
    };

    /// <summary>The position of a cell; one that the plan does not know is somebody's change of a submission.</summary>
    private int IndexOf(int cell) => cell >= 1 && cell <= Cells.Count ? cell - 1 : throw new RunFailedException(
        $"{Folder.Path}: a submission has a cell {cell}, and the sweep {Cells.Count} cells; submit the sweep again");

    private sealed record LiveTask(QueueLine Line, int Index, bool IsCancelled)
    {
        public string Name { get; } = FormattableString.Invariant($"{Line.Job}_{Index}");
    }
}
