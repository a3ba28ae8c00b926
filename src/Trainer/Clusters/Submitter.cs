using Trainer.Clusters.Slurm;
using Trainer.Failures;
using Trainer.Storage;

namespace Trainer.Clusters;

/// <summary>Hands cells to SLURM so that no call, wherever it dies, loses a cell or submits one twice: first it is written down what is going
/// to be asked, under names that nobody else has; then the scheduler is asked; then its answer is written down. Who finds a name without
/// an answer looks the name up.</summary>
/// <param name="folder">The sweep.</param>
/// <param name="plan">Its plan.</param>
/// <param name="slurm">The scheduler.</param>
/// <param name="clock">The time.</param>
internal sealed class Submitter(ClusterFolder folder, ClusterPlan plan, SlurmClient slurm, TimeProvider clock)
{
    /// <summary>SLURM's own MaxArraySize, for sites that do not say: the largest index is one less.</summary>
    public const int UsualArraySize = 1001;

    /// <summary>Finds out which of the arrays that were to be submitted are there.</summary>
    /// <returns>Names and ids of those that were not known before.</returns>
    /// <exception cref="TrainerException">The scheduler does not say, or not yet, or files cannot be written.</exception>
    public IReadOnlyList<SubmissionPart> Reconcile()
    {
        Submission[] unanswered = [.. folder.AllSubmissions().Where(one => one.Launcher == Launcher.Slurm && one.Parts.Any(part => part.Job is null))];
        if (unanswered.Length == 0)
        {
            return [];
        }
        IReadOnlyList<QueuedTasks> queue = slurm.Queue([.. unanswered.SelectMany(one => one.Parts).Where(part => part.Job is null).Select(part => part.Name)]);
        var adopted = new List<SubmissionPart>();
        foreach (Submission submission in unanswered)
        {
            SubmissionPart[] parts = [.. submission.Parts.Select(part => part.Job is null ? part with { Job = JobOf(submission, part, queue) } : part)];
            adopted.AddRange(parts.Where((part, k) => part.Job is not null && submission.Parts[k].Job is null));
            TimeSpan age = clock.GetUtcNow() - submission.Submitted;
            if (parts.FirstOrDefault(part => part.Job is null) is { } open && age < SlurmClient.SubmissionLimit)
            {
                folder.Keep(submission with { Parts = parts });
                throw new RunFailedException(FormattableString.Invariant(
                    $"{folder.Sweep.Path}: SLURM has not answered for job {open.Name}, which it was asked for {Math.Max(0, age.TotalSeconds):0} s ago, and does not know it yet; it may still come: try again in {Math.Ceiling((SlurmClient.SubmissionLimit - age).TotalMinutes):0} min"));
            }
            Drop(submission with { Parts = parts });
        }
        return adopted;
    }

    /// <summary>What an array would look like, without submitting it.</summary>
    /// <param name="cells">The cells.</param>
    /// <param name="settings">What is asked of the cluster.</param>
    /// <param name="program">The program's words.</param>
    /// <param name="arraySize">The site's MaxArraySize; null where it is not known.</param>
    public IEnumerable<string> Scripts(IndexRanges cells, ClusterSettings settings, IReadOnlyList<string> program, int? arraySize)
    {
        Submission submission = Planned(Launcher.Slurm, cells, settings, Most(arraySize));
        return submission.Parts.Select(part => Script(submission, part, program));
    }

    /// <summary>Submits cells.</summary>
    /// <param name="cells">The cells; at least one.</param>
    /// <param name="settings">What is asked of the cluster.</param>
    /// <param name="program">The program's words.</param>
    /// <param name="arraySize">The site's MaxArraySize; null where it is not known.</param>
    /// <exception cref="TrainerException">The scheduler refuses, or does not answer; or files cannot be written.</exception>
    public Submission Submit(IndexRanges cells, ClusterSettings settings, IReadOnlyList<string> program, int? arraySize)
    {
        Submission submission = Planned(Launcher.Slurm, cells, settings, Most(arraySize));
        foreach (SubmissionPart part in submission.Parts)
        {
            // SLURM makes no folder for a log: the task would fail without one.
            DiskFolder.Make(folder.Logs(submission.Number, part.Number), lasting: true);
            AtomicFile.WriteText(folder.Script(submission.Number, part.Number), Script(submission, part, program));
        }
        folder.Keep(submission);
        for (int k = 0; k < submission.Parts.Count; k++)
        {
            SubmissionPart[] parts = [.. submission.Parts];
            parts[k] = parts[k] with { Job = Submitted(submission, k) };
            submission = submission with { Parts = parts };
            folder.Keep(submission);
        }
        return submission;
    }

    /// <summary>Submits one array.</summary>
    private string Submitted(Submission submission, int k)
    {
        int lanes = Lanes(submission);
        string[] after = k >= lanes ? [$"--dependency=afterany:{submission.Parts[k - lanes].Job}"] : [];
        try
        {
            return slurm.Submit(folder.Script(submission.Number, submission.Parts[k].Number), after);
        }
        catch (SchedulerException failure)
        {
            string there = k == 0 ? "" : $"; {SubmissionText.Of(submission with { Parts = [.. submission.Parts.Take(k)] })} {(k == 1 ? "is" : "are")} submitted";
            if (failure.IsUnreachable)
            {
                throw new SchedulerException($"{failure.Message}{there}; whether it took the job is not known, and the same command finds out", failure) { IsUnreachable = true };
            }
            Drop(submission);
            throw k == 0 ? new SchedulerException($"{failure.Message}; nothing was submitted", failure) : new SchedulerException($"{failure.Message}{there}; the same command submits the rest, later, or in fewer tasks (--cells-per-task)", failure);
        }
    }

    /// <summary>Parts without an id are not there: what they were to do is submitted anew, perhaps with other options. Their number stays taken:
    /// should one come all the same, its tasks find that they are not wanted.</summary>
    private void Drop(Submission submission)
    {
        SubmissionPart[] parts = [.. submission.Parts.Where(part => part.Job is not null)];
        folder.Keep(submission with { Parts = parts, Cancelled = parts.Length == 0 ? clock.GetUtcNow() : submission.Cancelled });
    }

    private static int Most(int? arraySize) => Math.Max(1, (arraySize ?? UsualArraySize) - 1);

    /// <summary>A submission that nobody has heard of yet.</summary>
    /// <param name="launcher">To whom.</param>
    /// <param name="cells">The cells.</param>
    /// <param name="settings">What is asked of the cluster.</param>
    /// <param name="most">Tasks of an array at most.</param>
    /// <exception cref="ConfigException">A task would have no time to work.</exception>
    public Submission Planned(Launcher launcher, IndexRanges cells, ClusterSettings settings, int most)
    {
        ClusterTime.ThrowIfTooShort(settings);
        List<Submission> before = folder.AllSubmissions();
        int number = before.Count == 0 ? plan.First : before[^1].Number + 1;
        DateTimeOffset now = clock.GetUtcNow();
        int tasks = (cells.Count + settings.CellsPerTask - 1) / settings.CellsPerTask;
        var parts = new List<SubmissionPart>();
        for (int offset = 0; offset < tasks; offset += most)
        {
            int part = parts.Count + 1;
            parts.Add(new SubmissionPart(part, offset, Math.Min(most, tasks - offset), FormattableString.Invariant($"{plan.Sweep}-{plan.Token}-{number}-{part}")));
        }
        return new Submission
        {
            Number = number,
            Launcher = launcher,
            // Later than all others, whatever the clock of this machine says.
            Submitted = before.Count > 0 && before[^1].Submitted >= now ? before[^1].Submitted + TimeSpan.FromSeconds(1) : now,
            Cells = cells.ToString(),
            Settings = settings,
            Parts = parts,
        };
    }

    /// <summary>How many arrays run side by side: each lets at least one task run, so that with more of them than tasks are wanted at a
    /// time some have to wait for others.</summary>
    private static int Lanes(Submission submission) =>
        Math.Min(submission.Parts.Count, submission.Settings.Parallel ?? submission.Parts.Count);

    /// <summary>The share of one array in the tasks at a time: together those that run side by side have all of them.</summary>
    private static int? Share(Submission submission, SubmissionPart part)
    {
        if (submission.Settings.Parallel is not { } parallel)
        {
            return null;
        }
        int lanes = Lanes(submission);
        int lane = (part.Number - 1) % lanes;
        return (parallel / lanes) + (lane < parallel % lanes ? 1 : 0);
    }

    private string Script(Submission submission, SubmissionPart part, IReadOnlyList<string> program) => ArrayScript.Text(new ArrayJob
    {
        Name = part.Name,
        Count = part.Count,
        Parallel = Share(submission, part),
        LogFolder = Path.GetFullPath(folder.Logs(submission.Number, part.Number)),
        WorkingFolder = plan.WorkingFolder,
        Settings = submission.Settings,
        Command = TaskCommand(program, folder, submission, part),
    });

    /// <summary>What a task of an array starts; it knows its index by itself.</summary>
    /// <param name="program">The program's words.</param>
    /// <param name="folder">The sweep.</param>
    /// <param name="submission">The submission.</param>
    /// <param name="part">The array.</param>
    public static IReadOnlyList<string> TaskCommand(IReadOnlyList<string> program, ClusterFolder folder, Submission submission, SubmissionPart part) =>
    [
        .. program, "sweep-task", Path.GetFullPath(folder.Sweep.Path), "--submission", FormattableString.Invariant($"{submission.Number}"),
        "--offset", FormattableString.Invariant($"{part.Offset}"),
    ];

    /// <summary>The id of an array, from the queue or from the log of a task of it that has come and gone; null where neither knows it.</summary>
    private string? JobOf(Submission submission, SubmissionPart part, IReadOnlyList<QueuedTasks> queue)
    {
        if (queue.FirstOrDefault(tasks => tasks.Name == part.Name) is { } queued)
        {
            return queued.Job;
        }
        string logs = folder.Logs(submission.Number, part.Number);
        string? log = Directory.Exists(logs) ? Directory.EnumerateFiles(logs, "*_*.log").Select(Path.GetFileName).FirstOrDefault() : null;
        return log?.Split('_')[0];
    }
}
