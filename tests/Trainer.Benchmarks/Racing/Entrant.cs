namespace Trainer.Benchmarks.Racing;

/// <summary>One contestant in one setting, ready for one case.</summary>
internal sealed record Entrant
{
    /// <summary>Who.</summary>
    public required string Peer { get; init; }

    /// <summary>In which setting.</summary>
    public required string Setting { get; init; }

    /// <summary>A short attempt, to choose settings by; null when it took longer than the limit.</summary>
    public required Func<TimeSpan?, double?> Trial { get; init; }

    /// <summary>The value of one round; null when it cannot be had on this machine.</summary>
    public required Func<double?> Measure { get; init; }

    /// <summary>The accuracy on the test images after all rounds; null where there is none.</summary>
    public Func<double?> Accuracy { get; init; } = () => null;
}
