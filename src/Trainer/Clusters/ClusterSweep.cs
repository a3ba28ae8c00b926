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

    private readonly RunStatus?[] _statuses;
    private readonly bool[] _isDone;
    private readonly Submission?[] _last;

    private ClusterSweep(ClusterFolder folder, ClusterPlan plan, IReadOnlyList<PlannedCell> cells, IReadOnlyList<Submission> submissions)
    {
        (Folder, Plan, Cells, Submissions) = (folder, plan, cells, submissions);
        _statuses = new RunStatus?[cells.Count];
        _isDone = new bool[cells.Count];
        _last = new Submission?[cells.Count];
        Parallel.For(0, cells.Count, k =>
        {
            RunFolder run = RunOf(cells[k]);
            _isDone[k] = File.Exists(run.Summary);
            _statuses[k] = RunStatus.TryRead(run);
        });
        foreach (Submission submission in submissions)
        {
            foreach ((int cell, _) in submission.Parts.SelectMany(submission.CellsOf))
            {
                _last[IndexOf(cell)] = submission;
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

    /// <summary>How many cells are done.</summary>
    public int DoneCount => _isDone.Count(isDone => isDone);

    /// <summary>Reads a sweep.</summary>
    /// <exception cref="TrainerException">It was not submitted, or cannot be read.</exception>
    public static ClusterSweep Load(ClusterFolder folder)
    {
        var files = new PlanFiles(folder);
        ClusterPlan plan = files.Plan();
        return new ClusterSweep(folder, plan, files.Cells(plan), folder.AllSubmissions());
    }

    /// <summary>Where a cell is recorded.</summary>
    public RunFolder RunOf(PlannedCell cell) => cell.FolderBelow(Plan.Results);

    /// <summary>The last submission that a cell is in; null where it is in none.</summary>
    public Submission? LastOf(PlannedCell cell) => _last[IndexOf(cell.Cell)];

    /// <summary>The arrays that may still have something to do for a cell that is not done.</summary>
    public IReadOnlyList<SubmissionPart> OpenParts() =>
    [
        .. Submissions.Where(submission => submission.Launcher == Launcher.Slurm).SelectMany(submission => submission.Parts
            .Where(part => submission.CellsOf(part).Any(task => !_isDone[IndexOf(task.Cell)]))),
    ];

    /// <summary>The task that a cell had last, as its array's id and its index; null where it had none.</summary>
    public (string Job, int Index)? TaskOf(PlannedCell cell)
    {
        if (LastOf(cell) is { } last)
        {
            foreach (SubmissionPart part in last.Parts.Where(part => part.Job is not null))
            {
                int index = last.CellsOf(part).FirstOrDefault(task => task.Cell == cell.Cell).Index;
                if (index > 0)
                {
                    return (part.Job!, index);
                }
            }
        }
        return null;
    }

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
        Dictionary<int, (QueueLine Line, int Index)> live = Live(queue);
        return [.. Cells.Select((cell, k) => Report(cell, k, live.TryGetValue(cell.Cell, out var found) ? found : null, queue?.Asked, now))];
    }

    /// <summary>The tasks that have not ended, by their cells; of several the one that is at work.</summary>
    private Dictionary<int, (QueueLine Line, int Index)> Live(QueueAnswer? queue)
    {
        var live = new Dictionary<int, (QueueLine, int)>();
        if (queue is null)
        {
            return live;
        }
        ILookup<string, QueueLine> lines = queue.Tasks.ToLookup(line => line.Name);
        foreach (Submission submission in Submissions)
        {
            foreach (SubmissionPart part in submission.Parts.Where(part => lines.Contains(part.Name)))
            {
                var byIndex = new Dictionary<int, QueueLine>();
                foreach (QueueLine line in lines[part.Name])
                {
                    foreach (int index in IndexRanges.TryParse(line.Indices) ?? IndexRanges.Of([]))
                    {
                        byIndex[index] = line;
                    }
                }
                foreach ((int cell, int index) in submission.CellsOf(part))
                {
                    if (byIndex.TryGetValue(index, out QueueLine? line)
                        && !(live.TryGetValue(cell, out (QueueLine Line, int) other) && other.Line.State == QueueState.Running))
                    {
                        live[cell] = (line, index);
                    }
                }
            }
        }
        return live;
    }

    private CellReport Report(PlannedCell cell, int k, (QueueLine Line, int Index)? live, DateTimeOffset? asked, DateTimeOffset now)
    {
        RunStatus? status = _statuses[k];
        CellReport Of(CellStanding standing, string? message = null, string? task = null) =>
            new(cell, standing, status) { Message = message, Task = task };

        if (_isDone[k])
        {
            return Of(CellStanding.Done, status?.Message);
        }
        TaskMark? mark = _last[k] is null ? null : ClusterFolder.TryRead<TaskMark>(Folder.Mark(cell.Cell));
        // The scheduler's answer may be half a minute old, and what a task has left behind younger.
        if (live is { } found && !(mark?.When > asked))
        {
            string reason = found.Line.Reason;
            return Of(StandingOf(found.Line.State), found.Line.State == QueueState.Running || reason is "" or "None" ? null : reason, FormattableString.Invariant($"{found.Line.Job}_{found.Index}"));
        }
        return status is { State: RunState.Diverged } ? Of(CellStanding.Diverged, status.Message)
            : status is { State: RunState.Failed } ? Of(CellStanding.Failed, status.Message, mark?.Task)
            : _last[k] is not { } last ? Of(CellStanding.Unsubmitted)
            : mark is { IsStopped: false } ? Of(CellStanding.Failed, mark.Message, mark.Task)
            : last.Cancelled is not null ? Of(CellStanding.Cancelled)
            : mark is not null ? Of(CellStanding.Stopped, mark.Message, mark.Task)
            : Silent(cell, status, last, asked is not null, now);
    }

    /// <summary>A cell that is not done, and of which the scheduler has said nothing.</summary>
    private CellReport Silent(PlannedCell cell, RunStatus? status, Submission last, bool isAsked, DateTimeOffset now)
    {
        RunFolder run = RunOf(cell);
        LeaseHolder? holder = RunLease.HolderOf(run);
        DateTimeOffset heard = new[] { last.Submitted, status?.Updated, holder?.Since }.OfType<DateTimeOffset>().Max();
        // One that lies ahead is of a machine whose clock does.
        bool isRecent = now - heard < Grace;
        if (last.Launcher == Launcher.Kubernetes || !isAsked)
        {
            bool isAtWork = status?.State == RunState.Running && isRecent;
            return new CellReport(cell, isAtWork ? CellStanding.AtWork : CellStanding.Unknown, status) { Task = holder?.Task };
        }
        if (status?.State == RunState.Interrupted && holder is null)
        {
            return new CellReport(cell, CellStanding.Stopped, status) { Message = status.Message };
        }
        return new CellReport(cell, isRecent ? CellStanding.Settling : CellStanding.Lost, status) { Task = holder?.Task };
    }

    private static CellStanding StandingOf(QueueState state) => state switch
    {
        QueueState.Pending => CellStanding.Queued,
        QueueState.Held => CellStanding.Held,
        _ => CellStanding.AtWork,
    };

    /// <summary>The position of a cell; one that the plan does not know is somebody's change of a submission.</summary>
    private int IndexOf(int cell) => cell >= 1 && cell <= Cells.Count ? cell - 1 : throw new RunFailedException(
        $"{Folder.Path}: a submission has a cell {cell}, and the sweep {Cells.Count} cells; submit the sweep again");
}
