namespace Trainer.Charts;

/// <summary>One line of a panel: a value for each place on the horizontal axis.</summary>
internal sealed record Series
{
    /// <summary>What the line is called at its end, or in the legend.</summary>
    public required string Name { get; init; }

    /// <summary>Which colour of the <see cref="Palette"/>; numbers beyond its end start over.</summary>
    public required int Colour { get; init; }

    /// <summary>Solid or dashed.</summary>
    public LineStyle Style { get; init; } = LineStyle.Solid;

    /// <summary>Places on the horizontal axis, ascending.</summary>
    public required IReadOnlyList<double> X { get; init; }

    /// <summary>The value at each place, as many as <see cref="X"/>. Not finite: not measured, and the line has a gap there.</summary>
    public required IReadOnlyList<double> Y { get; init; }

    /// <summary>Lower edge of a band about the line (a spread over seeds), as many as <see cref="X"/>; null for no band.</summary>
    public IReadOnlyList<double>? Low { get; init; }

    /// <summary>Upper edge of the band; given exactly when <see cref="Low"/> is.</summary>
    public IReadOnlyList<double>? High { get; init; }

    /// <summary>The value to write after the name at the line's end; null for the name alone.</summary>
    public string? EndLabel { get; init; }

    /// <summary>Checks that the lists have one length.</summary>
    /// <exception cref="ArgumentException">They have not, or only one edge of the band is there.</exception>
    public void Validate()
    {
        if (Y.Count != X.Count || (Low?.Count ?? X.Count) != X.Count || (High?.Count ?? X.Count) != X.Count)
        {
            throw new ArgumentException($"series '{Name}': x, y and the band must have the same length");
        }
        if (Low is null != High is null)
        {
            throw new ArgumentException($"series '{Name}': a band needs both its low and its high edge");
        }
    }
}
