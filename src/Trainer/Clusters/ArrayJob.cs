namespace Trainer.Clusters;

/// <summary>A job array: the same command for the indices from 1 to <see cref="Count"/>.</summary>
internal sealed record ArrayJob
{
    /// <summary>What the queue shows and a job is looked up by: letters, digits, '-', '_' and '.'.</summary>
    public required string Name { get; init; }

    /// <summary>How many tasks it has.</summary>
    public required int Count { get; init; }

    /// <summary>The most of them at a time; null for no bound of ours.</summary>
    public int? Parallel { get; init; }

    /// <summary>The folder of the tasks' logs, absolute; it must be there before a task starts.</summary>
    public required string LogFolder { get; init; }

    /// <summary>The folder that tasks work in, absolute.</summary>
    public required string WorkingFolder { get; init; }

    /// <summary>What is asked of the cluster.</summary>
    public required ClusterSettings Settings { get; init; }

    /// <summary>The words of the command; the first is the program.</summary>
    public required IReadOnlyList<string> Command { get; init; }
}
