using Trainer.Clusters.Slurm;
using Trainer.Failures;
using Trainer.Results;
using Trainer.Storage;

namespace Trainer.Clusters;

/// <summary><c>queue.json</c>: what the scheduler said of a sweep's jobs, and when.</summary>
/// <param name="Asked">When, UTC.</param>
/// <param name="Names">The jobs that were asked for.</param>
/// <param name="Tasks">Those of their tasks that have not ended.</param>
internal sealed record QueueAnswer(DateTimeOffset Asked, IReadOnlyList<string> Names, IReadOnlyList<QueueLine> Tasks)
{
    /// <summary>A scheduler serves a whole site: nobody's loop over 'status' asks it more often than this.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(30);

    /// <summary>Asks the scheduler, or takes its last answer where that is fresh.</summary>
    /// <param name="folder">The sweep.</param>
    /// <param name="names">The jobs; at least one.</param>
    /// <param name="slurm">Whom to ask.</param>
    /// <param name="now">The time.</param>
    /// <param name="anew">Whether a last answer does not count: something is about to be decided.</param>
    /// <exception cref="SchedulerException">It does not answer.</exception>
    public static QueueAnswer Ask(ClusterFolder folder, IReadOnlyList<string> names, SlurmClient slurm, DateTimeOffset now, bool anew)
    {
        if (!anew && ClusterFolder.TryRead<QueueAnswer>(folder.Queue) is { } last
            && now >= last.Asked && now - last.Asked < Freshness && names.All(last.Names.Contains))
        {
            return last;
        }
        var answer = new QueueAnswer(now, names, [.. slurm.Queue(names).Select(QueueLine.Of)]);
        try
        {
            AtomicFile.WriteText(folder.Queue, JsonText.File(answer), lasting: false);
        }
        catch (RunFailedException)
        {
            // Somebody else's sweep, which may be looked at and not written.
        }
        return answer;
    }
}
