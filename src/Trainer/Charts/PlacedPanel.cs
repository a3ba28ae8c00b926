namespace Trainer.Charts;

/// <summary>A panel with its place in the picture: turns its data into points.</summary>
/// <param name="Measure">The panel and its vertical axis.</param>
/// <param name="Frame">The rectangle between the axes.</param>
/// <param name="X">The horizontal axis, fitted to the frame's width.</param>
internal sealed record PlacedPanel(PanelMeasure Measure, Frame Frame, AxisMap X)
{
    // Values far beyond an axis' end are drawn to this many lengths of it: enough for the slope, and never infinite.
    private const double Beyond = 1000;

    /// <summary>Whether both coordinates can be drawn on their axes.</summary>
    public bool Shows(double x, double y) => X.Shows(x) && Measure.Y.Shows(y);

    /// <summary>The point of a pair of values; it may lie outside the frame.</summary>
    public Point At(double x, double y) => new(
        Frame.Left + Math.Clamp(X.Fraction(x), -Beyond, Beyond) * Frame.Width,
        Frame.Bottom - Math.Clamp(Measure.Y.Fraction(y), -Beyond, Beyond) * Frame.Height);

    /// <summary>The stretches of points of a line between its gaps.</summary>
    public IReadOnlyList<IReadOnlyList<Point>> Runs(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        var runs = new List<IReadOnlyList<Point>>();
        var run = new List<Point>();
        for (int i = 0; i <= x.Count; i++)
        {
            if (i < x.Count && Shows(x[i], y[i]))
            {
                run.Add(At(x[i], y[i]));
            }
            else if (run.Count > 0)
            {
                runs.Add(run);
                run = [];
            }
        }
        return runs;
    }

    /// <summary>The pieces of a series' line that are visible.</summary>
    public IEnumerable<(Point From, Point To)> Segments(Series series)
    {
        foreach (IReadOnlyList<Point> run in Runs(series.X, series.Y))
        {
            for (int i = 1; i < run.Count; i++)
            {
                if (Frame.Clip(run[i - 1], run[i]) is { } segment)
                {
                    yield return segment;
                }
            }
        }
    }

    /// <summary>The last point of a series that has one.</summary>
    public Point End(Series series) => Runs(series.X, series.Y)[^1][^1];
}
