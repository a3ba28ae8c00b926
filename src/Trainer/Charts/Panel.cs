namespace Trainer.Charts;

/// <summary>One pair of axes with the series drawn between them.</summary>
internal sealed record Panel
{
    /// <summary>What is measured, as a heading above the panel.</summary>
    public required string Title { get; init; }

    /// <summary>The horizontal axis.</summary>
    public required Axis X { get; init; }

    /// <summary>The vertical axis; its label stands beside the heading.</summary>
    public required Axis Y { get; init; }

    /// <summary>The lines, in drawing order: a later one lies above an earlier one.</summary>
    public required IReadOnlyList<Series> Series { get; init; }

    /// <summary>Places pointed out with a few words.</summary>
    public IReadOnlyList<Marker> Markers { get; init; } = [];
}
