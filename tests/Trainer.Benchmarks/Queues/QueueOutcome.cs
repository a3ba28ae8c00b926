namespace Trainer.Benchmarks.Queues;

/// <summary>What became of a <see cref="QueueScenario"/>. Times are milliseconds, those that are paid for times the cores.</summary>
internal sealed record QueueOutcome
{
    /// <summary>From the submission until the last task has ended.</summary>
    public required long Makespan { get; init; }

    /// <summary>Arrays, each by one call of <c>sbatch</c>.</summary>
    public required int Arrays { get; init; }

    /// <summary>Times that a task was started: allocations that the controller made and cleared.</summary>
    public required long Starts { get; init; }

    /// <summary>Times that a task put itself back: calls of <c>scontrol requeue</c>.</summary>
    public required long Requeues { get; init; }

    /// <summary>Times that a task was stopped by somebody else.</summary>
    public required long Stops { get; init; }

    /// <summary>What is paid for: <see cref="Useful"/>, <see cref="StartUp"/> and <see cref="Repeated"/> together.</summary>
    public required long Paid { get; init; }

    /// <summary>Training that was kept.</summary>
    public required long Useful { get; init; }

    /// <summary>Of programs and nodes, before a step is trained.</summary>
    public required long StartUp { get; init; }

    /// <summary>Training behind the last checkpoint of a task that was stopped: made again, or never.</summary>
    public required long Repeated { get; init; }

    /// <summary>The most of it that one stop cost, for one core.</summary>
    public required long MostRepeated { get; init; }

    /// <summary>How long tasks waited for their first start, in the mean.</summary>
    public required long MeanWait { get; init; }

    /// <summary>How long the last of them waited.</summary>
    public required long LongestWait { get; init; }

    /// <summary>Cells that were not done when their task gave up, its requeues used up: work for <c>trainer sweep resume</c>.</summary>
    public required int Unfinished { get; init; }

    /// <summary>Calls of <c>squeue</c> where somebody looks all the time: one each 30 s at most, and the one before the submission.</summary>
    public long MostQueries => (Makespan / 30_000) + 2;
}
