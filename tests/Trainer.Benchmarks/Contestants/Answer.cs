namespace Trainer.Benchmarks.Contestants;

/// <summary>A line from a contestant.</summary>
internal sealed record Answer
{
    /// <summary>First line: who it is.</summary>
    public string? Peer { get; init; }

    /// <summary>First line: its version.</summary>
    public string? Version { get; init; }

    /// <summary>First line: the library that is not installed.</summary>
    public string? Missing { get; init; }

    /// <summary>How long the work took.</summary>
    public double? Seconds { get; init; }

    /// <summary>Part of the test images that it classifies correctly.</summary>
    public double? Accuracy { get; init; }
}
