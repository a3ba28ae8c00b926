namespace Trainer.Comparisons;

/// <summary>What a comparison looks at.</summary>
internal sealed record ComparisonOptions
{
    /// <summary>Key of the column that groups are ranked and told apart by.</summary>
    public string Metric { get; init; } = RunColumns.TestAccuracy;

    /// <summary>A test accuracy from 0 to 1: how many epochs it took to get there; null to leave that out.</summary>
    public double? Target { get; init; }

    /// <summary>Label of the group that all others are told apart from; null for every pair.</summary>
    public string? Baseline { get; init; }
}
