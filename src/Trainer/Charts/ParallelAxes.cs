namespace Trainer.Charts;

/// <summary>Lines across axes side by side, described by data alone: many settings of many keys at one look.</summary>
internal sealed record ParallelAxes
{
    /// <summary>The headline.</summary>
    public required string Title { get; init; }

    /// <summary>A quieter line or two below the title; null for none.</summary>
    public string? Subtitle { get; init; }

    /// <summary>What the picture shows, in sentences, for people who hear it instead of seeing it.</summary>
    public required string AltText { get; init; }

    /// <summary>The axes, from left to right.</summary>
    public required IReadOnlyList<ParallelAxis> Axes { get; init; }

    /// <summary>The lines, in drawing order: a later one lies above an earlier one.</summary>
    public required IReadOnlyList<ParallelLine> Lines { get; init; }
}
