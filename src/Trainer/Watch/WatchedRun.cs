using Trainer.Results;

namespace Trainer.Watch;

/// <summary>A run as the page shows it in its table.</summary>
internal sealed record WatchedRun
{
    /// <summary>What it is called in addresses; it means nothing but the run that the server has listed under it.</summary>
    public required string Id { get; init; }

    /// <summary>Name of its configuration.</summary>
    public required string Name { get; init; }

    /// <summary>The keys that tell its configuration from others of its name.</summary>
    public required string Differs { get; init; }

    /// <summary>The seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>How it stands: "at-work", "completed", ...</summary>
    public required string State { get; init; }

    /// <summary>Epochs recorded.</summary>
    public required int Epoch { get; init; }

    /// <summary>Epochs asked for.</summary>
    public required int Epochs { get; init; }

    /// <summary>When it last wrote, UTC.</summary>
    public required DateTimeOffset Updated { get; init; }

    /// <summary>The data set.</summary>
    public required string DataSet { get; init; }

    /// <summary>What went wrong, or why it ended early.</summary>
    public required string? Message { get; init; }

    /// <summary>The last recorded epoch; null before the first.</summary>
    public required MetricsRow? Last { get; init; }

    /// <summary>Changes whenever the curves do.</summary>
    public required string Version { get; init; }
}
