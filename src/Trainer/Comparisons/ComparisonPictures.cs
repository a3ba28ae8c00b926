using Trainer.Charts;

namespace Trainer.Comparisons;

/// <summary>All pictures of a comparison, by file name.</summary>
internal static class ComparisonPictures
{
    private const int KeysOfAHeatMap = 2;

    /// <summary>The curves; where keys were varied, the metric by each numeric key, and a heat map of two or parallel axes of more.</summary>
    public static IEnumerable<(string Name, Action<Stream> Draw)> Of(Comparison comparison)
    {
        Figure curves = ComparisonFigure.Of(comparison);
        yield return ("curves", stream => new SvgRenderer().Render(curves, stream));
        var grid = SweepGrid.Of(comparison);
        foreach (VariedKey key in grid.Keys.Where(key => key.IsNumeric))
        {
            Figure figure = KeyFigure.Of(comparison, grid, key);
            yield return ($"by-{key.Name}", stream => new SvgRenderer().Render(figure, stream));
        }
        if (grid.Keys.Count == KeysOfAHeatMap && grid.IsFilled)
        {
            HeatMap map = GridHeatMap.Of(comparison, grid);
            yield return ("heatmap", stream => HeatMapSvg.Write(map, stream));
        }
        else
        {
            // The rate of 1e20 that diverged would press all the others together.
            Comparison whole = comparison with { Groups = [.. comparison.Groups.Where(group => group.Lost is null)] };
            var ofWhole = SweepGrid.Of(whole);
            if (ofWhole.Shared.Count >= KeysOfAHeatMap)
            {
                ParallelAxes axes = GridParallelAxes.Of(whole, ofWhole);
                yield return ("parallel", stream => ParallelAxesSvg.Write(axes, stream));
            }
        }
    }
}
