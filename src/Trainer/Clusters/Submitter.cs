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
    /// <exception cref="TrainerException">The scheduler does not say, or files cannot be written.</exception>
    public IReadOnlyList<SubmissionPart> Reconcile()
    {
        var adopted = new List<SubmissionPart>();
        foreach (Submission submission in folder.AllSubmissions().Where(one => one.Launcher == Launcher.Slurm && one.Parts.Any(part => part.Job is null)))
        {
            SubmissionPart[] open = [.. submission.Parts.Where(part => part.Job is null)];
            IReadOnlyList<QueuedTasks> queue = slurm.Queue([.. open.Select(part => part.Name)]);
            SubmissionPart[] found = [.. open.Select(part => part with { Job = JobOf(submission, part, queue) }).Where(part => part.Job is not null)];
            adopted.AddRange(found);
            SubmissionPart[] parts = [.. submission.Parts.Where(part => part.Job is not null).Concat(found).OrderBy(part => part.Number)];
            if (parts.Length == 0)
            {
                folder.Forget(submission);
            }
            else
            {
                folder.Keep(submission with { Parts = parts });
            }
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
        int lanes = Lanes(submission);
        for (int k = 0; k < submission.Parts.Count; k++)
        {
            SubmissionPart part = submission.Parts[k];
            string[] after = k >= lanes ? [$"--dependency=afterany:{submission.Parts[k - lanes].Job}"] : [];
            string job;
            try
            {
                job = slurm.Submit(folder.Script(submission.Number, part.Number), after);
            }
            catch (SchedulerException failure) when (!failure.IsUnreachable)
            {
                GiveUp(submission);
                throw;
            }
            SubmissionPart[] parts = [.. submission.Parts];
            parts[k] = part with { Job = job };
            submission = submission with { Parts = parts };
            folder.Keep(submission);
        }
        return submission;
    }

    /// <summary>A part that was refused is not there, nor are those behind it: what they were to do is submitted anew, perhaps with other
    /// options. Of one that nobody answered for, that is not known.</summary>
    private void GiveUp(Submission submission)
    {
        SubmissionPart[] parts = [.. submission.Parts.Where(part => part.Job is not null)];
        if (parts.Length == 0)
        {
            folder.Forget(submission);
        }
        else
        {
            folder.Keep(submission with { Parts = parts });
        }
    }

    private static int Most(int? arraySize) => Math.Max(1, (arraySize ?? UsualArraySize) - 1);

    /// <summary>A submission that nobody has heard of yet.</summary>
    /// <param name="launcher">To whom.</param>
    /// <param name="cells">The cells.</param>
    /// <param name="settings">What is asked of the cluster.</param>
    /// <param name="most">Tasks of an array at most.</param>
    public Submission Planned(Launcher launcher, IndexRanges cells, ClusterSettings settings, int most)
    {
        List<Submission> before = folder.AllSubmissions();
        int number = before.Count == 0 ? 1 : before[^1].Number + 1;
        DateTimeOffset now = clock.GetUtcNow();
        int tasks = (cells.Count + settings.CellsPerTask - 1) / settings.CellsPerTask;
        var parts = new List<SubmissionPart>();
        for (int offset = 0; offset < tasks; offset += most)
        {
            int part = parts.Count + 1;
            parts.Add(new SubmissionPart(part, offset, Math.Min(most, tasks - offset), FormattableString.Invariant($"trainer-{plan.Sweep}-{plan.Token}-{number}-{part}")));
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
