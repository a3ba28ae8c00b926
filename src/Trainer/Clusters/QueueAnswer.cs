using Trainer.Clusters.Slurm;
using Trainer.Failures;
using Trainer.Results;
using Trainer.Storage;

namespace Trainer.Clusters;

/// <summary><c>queue.json</c>: what the scheduler said of a sweep's jobs, and when.</summary>
/// <param name="Asked">When, UTC.</param>
/// <param name="Names">The jobs that were asked for.</param>
/// <param name="Tasks">Those of their tasks that have not ended.</param>
/// <param name="Gone">Those that had not ended when it was asked before, and since when it has not known them.</param>
internal sealed record QueueAnswer(DateTimeOffset Asked, IReadOnlyList<string> Names, IReadOnlyList<QueueLine> Tasks, IReadOnlyList<GoneTasks> Gone) : IClusterRecord
{
    /// <summary>A scheduler serves a whole site: nobody's loop over 'status' asks it more often than this.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(30);

    bool IClusterRecord.IsSound => !Names.Contains(null!) && !Tasks.Contains(null!) && !Gone.Contains(null!);

    /// <summary>The answer where nothing had to be asked.</summary>
    public static QueueAnswer OfNothing(DateTimeOffset now) => new(now, [], [], []);

    /// <summary>Asks the scheduler, or takes its last answer where that is fresh.</summary>
    /// <param name="folder">The sweep.</param>
    /// <param name="names">The jobs; at least one.</param>
    /// <param name="slurm">Whom to ask.</param>
    /// <param name="now">The time.</param>
    /// <param name="anew">Whether a last answer does not count: something is about to be decided.</param>
    /// <exception cref="SchedulerException">It does not answer.</exception>
    public static QueueAnswer Ask(ClusterFolder folder, IReadOnlyList<string> names, SlurmClient slurm, DateTimeOffset now, bool anew)
    {
        QueueAnswer? last = ClusterFolder.TryRead<QueueAnswer>(folder.Queue);
        if (!anew && last is not null && now >= last.Asked && now - last.Asked < Freshness && names.All(last.Names.Contains))
        {
            return last;
        }
        QueueLine[] tasks = [.. slurm.Queue(names).Select(QueueLine.Of)];
        var answer = new QueueAnswer(now, names, tasks, last is null ? [] : [.. last.GoneSince(tasks, now)]);
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

    /// <summary>The tasks that were there and are not any more; those that went long ago are forgotten.</summary>
    private IEnumerable<GoneTasks> GoneSince(IReadOnlyList<QueueLine> tasks, DateTimeOffset now)
    {
        ILookup<string, IndexRanges> live = Ranges(tasks.Select(line => (line.Name, line.Indices)));
        IEnumerable<(string Name, string Indices, DateTimeOffset Since)> before =
            [.. Tasks.Select(line => (line.Name, line.Indices, now)), .. Gone.Where(gone => now - gone.Since < ClusterSweep.Grace).Select(gone => (gone.Name, gone.Indices, gone.Since))];
        foreach ((string name, string indices, DateTimeOffset since) in before)
        {
            int[] left = [.. (IndexRanges.TryParse(indices) ?? IndexRanges.None).Where(index => !live[name].Any(ranges => ranges.Contains(index)))];
            if (left.Length > 0)
            {
                yield return new GoneTasks(name, IndexRanges.Of(left).ToString(), since);
            }
        }
    }

    private static ILookup<string, IndexRanges> Ranges(IEnumerable<(string Name, string Indices)> lines) =>
        lines.ToLookup(line => line.Name, line => IndexRanges.TryParse(line.Indices) ?? IndexRanges.None);
}
