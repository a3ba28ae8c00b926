using Trainer.Results;

namespace Trainer.Benchmarks.Gpu;

/// <summary><c>machine.json</c> of the GPU benchmark: on what, with what and when the figures were measured.</summary>
internal sealed record GpuMachineRecord
{
    /// <summary>Our own versions.</summary>
    public required Software Software { get; init; }

    /// <summary>The machine around the device.</summary>
    public required Hardware Hardware { get; init; }

    /// <summary>The device, as <c>--device</c> takes it.</summary>
    public required string Device { get; init; }

    /// <summary>Its name for itself.</summary>
    public required string Name { get; init; }

    /// <summary>Its memory in GiB.</summary>
    public required double MemoryGib { get; init; }

    /// <summary>Version of its driver.</summary>
    public required string Driver { get; init; }

    /// <summary>Fused multiply-adds of registers, in TFLOP/s; null where it was not measured.</summary>
    public double? PeakTflops { get; init; }

    /// <summary>A copy of large arrays, read and written, in GB/s.</summary>
    public double? BandwidthGbs { get; init; }

    /// <summary>One fused multiply-add that waits for the one before, in nanoseconds.</summary>
    public double? LinkNs { get; init; }

    /// <summary>Name of the data set.</summary>
    public required string DataSet { get; init; }

    /// <summary>Rows of an epoch.</summary>
    public required int Rows { get; init; }

    /// <summary>The peers' versions.</summary>
    public required IReadOnlyDictionary<string, string> Peers { get; init; }

    /// <summary>Peers that are not there, and what each lacks.</summary>
    public required IReadOnlyDictionary<string, string> Missing { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset Started { get; init; }
}
