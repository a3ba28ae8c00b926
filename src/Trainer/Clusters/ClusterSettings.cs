namespace Trainer.Clusters;

/// <summary>What a sweep asks of a cluster.</summary>
internal sealed record ClusterSettings
{
    /// <summary>SLURM's partition; null leaves it to the site.</summary>
    public string? Partition { get; init; }

    /// <summary>The account that is charged.</summary>
    public string? Account { get; init; }

    /// <summary>The time limit of a task, as SLURM writes it.</summary>
    public string? Time { get; init; }

    /// <summary>The memory of a task, as SLURM writes it.</summary>
    public string? Memory { get; init; }

    /// <summary>The generic resources of a task, as <c>gpu:1</c>.</summary>
    public string? Gres { get; init; }

    /// <summary>The features that a node must have.</summary>
    public string? Constraint { get; init; }

    /// <summary>The cores of a task.</summary>
    public int? Cpus { get; init; }

    /// <summary>The most tasks at a time.</summary>
    public int? Parallel { get; init; }

    /// <summary>How many seconds before the time limit a task is told.</summary>
    public int SignalSeconds { get; init; } = 90;

    /// <summary>How often a task puts itself back into the queue.</summary>
    public int Requeues { get; init; } = 20;

    /// <summary>How many cells a task works through.</summary>
    public int CellsPerTask { get; init; } = 1;

    /// <summary>Further options of sbatch, each as one word.</summary>
    public IReadOnlyList<string> SbatchArguments { get; init; } = [];
}
