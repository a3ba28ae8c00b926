namespace Trainer.Benchmarks.Queues;

/// <summary>
/// A cluster as <see cref="QueueSimulation"/> sees it: what SLURM does unless the site says otherwise, after the manuals
/// <c>slurm.conf(5)</c> and <c>sbatch(1)</c> of 22.05, and how much of the partition is ours. Times are milliseconds.
/// </summary>
internal sealed record QueueSite
{
    /// <summary>Tasks that run at once at most: what others leave free, or what the site allows one user.</summary>
    public int Slots { get; init; } = 50;

    /// <summary>Tasks of one array: <c>MaxArraySize</c> is 1001, one more than the largest index, and ours begin at 1.</summary>
    public int LargestArray { get; init; } = 1000;

    /// <summary>Tasks that are looked at when one was submitted or has ended: <c>default_queue_depth</c>.</summary>
    public int QuickDepth { get; init; } = 100;

    /// <summary>Such looks come no closer than this: <c>batch_sched_delay</c>, 3 s.</summary>
    public long QuickInterval { get; init; } = 3_000;

    /// <summary>Tasks that the backfill scheduler looks at: <c>bf_max_job_test</c>.</summary>
    public int BackfillDepth { get; init; } = 500;

    /// <summary>How often it does: <c>bf_interval</c>, 30 s.</summary>
    public long BackfillInterval { get; init; } = 30_000;

    /// <summary>How often all tasks are looked at: <c>sched_interval</c>, 60 s.</summary>
    public long FullInterval { get; init; } = 60_000;

    /// <summary>How long it takes until such a look after what asks for it: the controller turns to it once a second.</summary>
    public long Delay { get; init; } = 1_000;

    /// <summary>How long a requeued task waits before it may start again: <c>cred_expire</c>, 120 s. With <see cref="Delay"/> the
    /// 121 s that were seen on 22.05.8.</summary>
    public long RequeueWait { get; init; } = 120_000;

    /// <summary>How much earlier than asked for the signal before the time limit comes: up to 60 s after the manual, about 30 s
    /// on 22.05.8.</summary>
    public long SignalEarly { get; init; } = 30_000;
}
