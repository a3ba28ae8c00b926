namespace Trainer.Benchmarks.Queues;

/// <summary>A sweep on a cluster, and what happens to it there. Times are milliseconds.</summary>
internal sealed record QueueScenario
{
    /// <summary>How many cells there are.</summary>
    public required int Cells { get; init; }

    /// <summary>How long a cell trains, in the mean.</summary>
    public required long CellTime { get; init; }

    /// <summary>Cells take between 1 - spread and 1 + spread of that, evenly.</summary>
    public double Spread { get; init; }

    /// <summary>Epochs of a cell.</summary>
    public int Epochs { get; init; } = 20;

    /// <summary>A checkpoint after every so many; 0 for none. It costs 3 ms (docs/reliability.md), here nothing.</summary>
    public int CheckpointEpochs { get; init; } = 1;

    /// <summary>Cells that a task trains one after the other.</summary>
    public int CellsPerTask { get; init; } = 1;

    /// <summary>Tasks of the sweep that may run at once; null for as many as there is room for.</summary>
    public int? Parallel { get; init; }

    /// <summary>Cores of a task.</summary>
    public int Cores { get; init; } = 1;

    /// <summary>What a task is paid for before it trains: half a second of the program, a second for prolog and epilog.</summary>
    public long StartUp { get; init; } = 1_500;

    /// <summary>The time limit of a task; null for none that it reaches.</summary>
    public long? TimeLimit { get; init; }

    /// <summary>How long before the limit the signal is asked for: <c>--signal-seconds</c>.</summary>
    public long SignalTime { get; init; } = 90_000;

    /// <summary>A task that was restarted so often, whatever for, does not put itself back into the queue: <c>--requeues</c>.</summary>
    public int Requeues { get; init; } = 20;

    /// <summary>How often an hour a running task is stopped: preempted, or its node is lost. Each time anew, whatever was before.</summary>
    public double StopsPerHour { get; init; }

    /// <summary>Whether a stop is announced by a signal, so that a checkpoint is made first.</summary>
    public bool IsAnnounced { get; init; }

    /// <summary>Of durations and stops.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>How many tasks there are.</summary>
    public int Tasks => (Cells + CellsPerTask - 1) / CellsPerTask;
}
