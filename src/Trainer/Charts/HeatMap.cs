namespace Trainer.Charts;

/// <summary>A table whose cells are shaded, described by data alone.</summary>
internal sealed record HeatMap
{
    /// <summary>The headline.</summary>
    public required string Title { get; init; }

    /// <summary>A quieter line or two below the title; null for none.</summary>
    public string? Subtitle { get; init; }

    /// <summary>What the picture shows, in sentences, for people who hear it instead of seeing it.</summary>
    public required string AltText { get; init; }

    /// <summary>What the rows and the columns are, in a few words.</summary>
    public required string Corner { get; init; }

    /// <summary>The names of the rows.</summary>
    public required IReadOnlyList<string> RowLabels { get; init; }

    /// <summary>The names of the columns; after those of the cells the name of <see cref="RowEnds"/>.</summary>
    public required IReadOnlyList<string> ColumnLabels { get; init; }

    /// <summary>What stands behind each row.</summary>
    public required IReadOnlyList<string> RowEnds { get; init; }

    /// <summary>What the line below the columns is called.</summary>
    public required string ColumnEndsLabel { get; init; }

    /// <summary>What stands below each column.</summary>
    public required IReadOnlyList<string> ColumnEnds { get; init; }

    /// <summary>The cells, row by row.</summary>
    public required IReadOnlyList<IReadOnlyList<HeatMapCell>> Cells { get; init; }
}
