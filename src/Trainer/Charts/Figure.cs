namespace Trainer.Charts;

/// <summary>A picture of one or more panels, described by data alone: what is shown, not how it is drawn.</summary>
internal sealed record Figure
{
    /// <summary>The headline. A renderer wraps it, and shortens what does not fit.</summary>
    public required string Title { get; init; }

    /// <summary>A quieter line or two below the title; null for none.</summary>
    public string? Subtitle { get; init; }

    /// <summary>The panels, from top to bottom.</summary>
    public required IReadOnlyList<Panel> Panels { get; init; }

    /// <summary>What the picture shows, in sentences, for people who hear it instead of seeing it.</summary>
    public required string AltText { get; init; }
}
