namespace Trainer.Benchmarks.Gpu;

/// <summary>How much of a training a device is given to do.</summary>
internal enum QueueMode
{
    /// <summary>All of it.</summary>
    Everything,

    /// <summary>Every launch, but no rows: each kernel finds that there is no step left and returns at once.</summary>
    NoRows,

    /// <summary>No launch: what the host does and what it copies remain.</summary>
    HostAlone,
}
