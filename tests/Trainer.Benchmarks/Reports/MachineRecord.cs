using Trainer.Results;

namespace Trainer.Benchmarks.Reports;

/// <summary><c>machine.json</c>: on what, with what and when the figures were measured.</summary>
internal sealed record MachineRecord
{
    /// <summary>Our own versions.</summary>
    public required Software Software { get; init; }

    /// <summary>The machine.</summary>
    public required Hardware Hardware { get; init; }

    /// <summary>Its fma peak before the first case, in GFLOP/s.</summary>
    public required double PeakGflops { get; init; }

    /// <summary>The same of one thread.</summary>
    public required double PeakGflopsOneThread { get; init; }

    /// <summary>Name of the data set.</summary>
    public required string DataSet { get; init; }

    /// <summary>Its hash.</summary>
    public required string DataHash { get; init; }

    /// <summary>The peers' versions.</summary>
    public required IReadOnlyDictionary<string, string> Peers { get; init; }

    /// <summary>Peers that are not installed, and what each lacks.</summary>
    public required IReadOnlyDictionary<string, string> Missing { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset Started { get; init; }
}
