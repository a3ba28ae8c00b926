using System.Globalization;
using System.Text.RegularExpressions;

namespace Trainer.Clusters.Slurm;

/// <summary>Asks SLURM through its own programs, which every version has.</summary>
/// <param name="programs">Starts them.</param>
/// <param name="user">Whose jobs are looked at; null for the user of this process.</param>
internal sealed partial class SlurmClient(IProgramRunner programs, string? user = null)
{
    // A program gives up on a controller that is down after 9 s (22.05); sbatch goes on for some minutes where the controller is busy.
    /// <summary>How long sbatch may take to submit; what it has not done by then it does not do any more.</summary>
    public static readonly TimeSpan SubmissionLimit = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    // It tries again for 96 s by itself where a task has just been started, or is about to end (22.05).
    private static readonly TimeSpan CancelLimit = TimeSpan.FromMinutes(3);

    // Linux takes 128 KiB in one argument, and 2 MiB in all of them.
    private const int MostNameCharacters = 32 << 10;
    private const int MostJobs = 500;

    private readonly string _user = user ?? Environment.UserName;

    /// <summary>Whose jobs are looked at.</summary>
    public string User => _user;

    /// <summary>The same for the jobs of another user.</summary>
    public SlurmClient Of(string user) => user == _user ? this : new SlurmClient(programs, user);

    /// <summary>Submits a script.</summary>
    /// <param name="script">Its path.</param>
    /// <param name="arguments">Options for sbatch beside those in it.</param>
    /// <param name="cancellation">Ends the wait; the job may have been submitted then.</param>
    /// <returns>The job's id.</returns>
    /// <exception cref="SchedulerException">It was refused; or, where the controller is unreachable, nobody knows.</exception>
    public string Submit(string script, IReadOnlyList<string> arguments, CancellationToken cancellation = default)
    {
        ProgramResult result = programs.Run(
            "sbatch", ["--parsable", .. arguments, Path.GetFullPath(script)], SubmissionLimit, cancellation);
        if (result.ExitCode != 0)
        {
            throw SlurmComplaint.Of("sbatch", result);
        }
        // The last such line: a site's wrapper may talk before.
        return SlurmComplaint.NonEmpty(result.Output).Select(line => Submitted().Match(line)).LastOrDefault(match => match.Success) is { } answer
            ? JobNumber.Checked(answer.Groups[1].Value)
            : throw new SchedulerException($"sbatch: answered no job id: '{SlurmComplaint.OneLine(string.Join("; ", SlurmComplaint.Lines(result)))}'")
            {
                IsUnreachable = true,
            };
    }

    /// <summary>Asks once for all tasks in the queue of the user's jobs of these names; what SLURM no longer knows is not there.</summary>
    /// <param name="names">The names of the jobs.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="SchedulerException">SLURM did not answer.</exception>
    public IReadOnlyList<QueuedTasks> Queue(IReadOnlyCollection<string> names, CancellationToken cancellation = default)
    {
        if (names.Count == 0)
        {
            return [];
        }
        HashSet<string> wanted = [.. names.Select(JobName.Checked)];
        string list = string.Join(',', wanted.Order(StringComparer.Ordinal));
        // The controller sends all jobs of the user in any case; squeue sorts out. So with very many names we do that, in one question still.
        IReadOnlyList<SqueueLine> lines = Squeue(list.Length <= MostNameCharacters ? ["--name=" + list] : [], wanted, cancellation);
        string[] vague = [.. lines.Where(line => line.IsVague).Select(line => line.Tasks.Job).Distinct()];
        if (vague.Length == 0)
        {
            return SqueueAnswer.Gather(lines);
        }
        var answer = lines.Where(line => !vague.Contains(line.Tasks.Job)).ToList();
        foreach (string[] jobs in vague.Chunk(MostJobs))
        {
            // A line for every task.
            answer.AddRange(Squeue(["--array", "--jobs=" + string.Join(',', jobs)], wanted, cancellation));
        }
        return answer.Find(line => line.Tasks.IsCut) is { } cut
            ? throw new SchedulerException($"squeue: does not say which tasks of job {cut.Tasks.Job} are in the queue")
            : SqueueAnswer.Gather(answer);
    }

    /// <summary>One more than the largest index that an array may have here, and than the most tasks of one; null where SLURM does not say.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="SchedulerException">SLURM did not answer.</exception>
    public int? MaxArraySize(CancellationToken cancellation = default)
    {
        ProgramResult result = programs.Run("scontrol", ["show", "config"], Limit, cancellation);
        return result.ExitCode == 0 ? SlurmConfiguration.MaxArraySize(result.Output) : throw SlurmComplaint.Of("scontrol", result);
    }

    /// <summary>Puts one task of an array back into the queue; SLURM ends it where it runs. One that waits already stays where it is.</summary>
    /// <param name="job">The array's id: without the index, the whole array could be meant.</param>
    /// <param name="index">The task's index.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="SchedulerException">SLURM did not do it.</exception>
    public void Requeue(string job, int index, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(index);
        string task = string.Create(CultureInfo.InvariantCulture, $"{JobNumber.Checked(job)}_{index}");
        ProgramResult result = programs.Run("scontrol", ["requeue", task], Limit, cancellation);
        bool waits = SlurmComplaint.Lines(result).Any(line => line.Contains("pending execution", StringComparison.OrdinalIgnoreCase));
        if (result.ExitCode != 0 && !waits)
        {
            throw SlurmComplaint.Of("scontrol", result);
        }
    }

    /// <summary>Takes jobs out of the queue and ends their tasks; those that are over or unknown are left as they are. By their names: a
    /// controller that is killed a moment after it gave an id away may give that id to another job (22.05).</summary>
    /// <param name="names">The names of the jobs.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="SchedulerException">SLURM did not do it.</exception>
    public void Cancel(IReadOnlyCollection<string> names, CancellationToken cancellation = default)
    {
        string[] whose = _user.Length > 0 ? ["--user=" + _user] : [];
        foreach (string name in names.Select(JobName.Checked).Distinct())
        {
            ProgramResult result = programs.Run("scancel", [.. whose, "--name=" + name], CancelLimit, cancellation);
            if (result.ExitCode != 0 && (SlurmComplaint.Lines(result) is [] || !SlurmComplaint.Lines(result).All(IsGone)))
            {
                throw SlurmComplaint.Of("scancel", result);
            }
        }
    }

    /// <summary>What the accounting has noted of the tasks of jobs; null where there is none, or it does not answer.</summary>
    /// <param name="jobs">The ids of the jobs.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public IReadOnlyList<AccountedTask>? Accounting(IReadOnlyCollection<string> jobs, CancellationToken cancellation = default)
    {
        var tasks = new List<AccountedTask>();
        foreach (string[] some in jobs.Select(JobNumber.Checked).Distinct().Chunk(MostJobs))
        {
            try
            {
                ProgramResult result = programs.Run(
                    "sacct", ["--noheader", "--parsable2", "--allocations", "--jobs=" + string.Join(',', some), "--format=" + SacctAnswer.Fields], Limit, cancellation);
                if (result.ExitCode != 0)
                {
                    return null;
                }
                tasks.AddRange(SacctAnswer.Read(result.Output));
            }
            catch (SchedulerException)
            {
                return null;
            }
        }
        return tasks;
    }

    private IReadOnlyList<SqueueLine> Squeue(IReadOnlyList<string> choice, IReadOnlySet<string> names, CancellationToken cancellation)
    {
        // With a user, the controller sends that user's jobs alone. --all: partitions that are hidden, too.
        string[] whose = _user.Length > 0 ? ["--user=" + _user] : [];
        ProgramResult result = programs.Run(
            "squeue", ["--noheader", "--all", .. whose, .. choice, "--format=" + SqueueAnswer.Format], Limit, cancellation);
        return result.ExitCode == 0 ? SqueueAnswer.Read(result.Output, names)
            : SlurmComplaint.Lines(result) is { Count: > 0 } words && words.All(IsGone) ? []
            : throw SlurmComplaint.Of("squeue", result);
    }

    private static bool IsGone(string line) =>
        line.Contains("Invalid job id specified", StringComparison.OrdinalIgnoreCase)
        || line.Contains("already completing or completed", StringComparison.OrdinalIgnoreCase)
        || line.Contains("already finished", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("^(?:Submitted batch job )?([1-9][0-9]{0,9})(?:;.*| on cluster .*)?$")]
    private static partial Regex Submitted();
}
