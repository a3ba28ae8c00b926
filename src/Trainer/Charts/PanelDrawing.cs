using System.Text;

namespace Trainer.Charts;

/// <summary>Draws one panel: heading, grid, axes, bands, lines and their labels.</summary>
/// <param name="svg">The document.</param>
/// <param name="panel">The panel in its place.</param>
internal sealed class PanelDrawing(SvgWriter svg, PlacedPanel panel)
{
    private const double EndRadius = 3.75;
    private const double LoneRadius = 3;
    private const double BaseLineDrop = 5;

    private readonly PanelMeasure _measure = panel.Measure;
    private readonly Frame _frame = panel.Frame;

    /// <summary>Draws the panel.</summary>
    public void Draw()
    {
        svg.BeginGroup("panel");
        DrawHeading();
        DrawLegend();
        DrawAxes();
        var markers = new MarkerDrawing(svg, panel);
        markers.DrawMarks();
        foreach (Series series in _measure.Panel.Series)
        {
            DrawBand(series);
        }
        foreach (Series series in _measure.Panel.Series)
        {
            DrawLine(series);
        }
        markers.DrawLabels();
        if (_measure.HasDirectLabels)
        {
            DrawEndLabels();
        }
        svg.EndGroup();
    }

    private void DrawHeading()
    {
        double y = _frame.Top - _measure.HeightAbove + 15;
        double width = SvgStyle.PageWidth - 2 * SvgStyle.Margin;
        string heading = TextMetrics.Shorten(_measure.Panel.Title, SvgStyle.HeadingSize, 0.6 * width, bold: true);
        double room = width - TextMetrics.Width(heading + "  ", SvgStyle.HeadingSize, bold: true);
        string label = TextMetrics.Shorten(_measure.Panel.Y.Label, SvgStyle.TextSize, room);
        svg.Text(SvgStyle.Margin, y, TextAnchor.Start, ("heading", heading + "\u2002"), ("quiet", label));
    }

    private void DrawLegend()
    {
        double y = _frame.Top - _measure.HeightAbove + 15;
        foreach (IReadOnlyList<SeriesLabel> row in _measure.LegendRows)
        {
            y += SvgStyle.TextLine;
            double x = SvgStyle.Margin;
            foreach (SeriesLabel label in row)
            {
                svg.Line(LineClass(label.Series), x + 1, y - BaseLineDrop, x + PanelMeasure.SwatchWidth - 8, y - BaseLineDrop);
                label.Draw(svg, x + PanelMeasure.SwatchWidth, y);
                x += PanelMeasure.SwatchWidth + label.Width + PanelMeasure.LegendGap;
            }
        }
    }

    private void DrawAxes()
    {
        foreach (Tick tick in _measure.Y.Ticks)
        {
            double y = panel.At(panel.X.Minimum, tick.Value).Y;
            svg.Line("grid", _frame.Left, y, _frame.Right, y);
            svg.Text("quiet", _frame.Left - 8, y + BaseLineDrop, tick.Label, TextAnchor.End);
        }
        svg.Line("axis", _frame.Left, _frame.Bottom, _frame.Right, _frame.Bottom);
        foreach (Tick tick in panel.X.Ticks)
        {
            double x = panel.At(tick.Value, _measure.Y.Minimum).X;
            svg.Line("axis", x, _frame.Bottom, x, _frame.Bottom + 4);
            double half = TextMetrics.Width(tick.Label, SvgStyle.TextSize) / 2;
            double centre = Math.Clamp(x, Math.Min(half, x), Math.Max(SvgStyle.PageWidth - half, half));
            svg.Text("quiet", centre, _frame.Bottom + 19, tick.Label, TextAnchor.Middle);
        }
        if (_measure.Panel.X.Label.Length > 0)
        {
            string label = TextMetrics.Shorten(_measure.Panel.X.Label, SvgStyle.TextSize, _frame.Width);
            svg.Text("quiet", (_frame.Left + _frame.Right) / 2, _frame.Bottom + 19 + SvgStyle.TextLine, label, TextAnchor.Middle);
        }
        if (_measure.Labels.Count == 0)
        {
            svg.Text(
                "quiet", (_frame.Left + _frame.Right) / 2, (_frame.Top + _frame.Bottom) / 2, "no values", TextAnchor.Middle);
        }
    }

    private void DrawBand(Series series)
    {
        if (series.Low is null || series.High is null)
        {
            return;
        }
        // A gap in either edge is a gap of the band.
        bool[] both = [.. series.Low.Zip(series.High, (low, high) => _measure.Y.Shows(low) && _measure.Y.Shows(high))];
        double[] low = [.. series.Low.Select((value, i) => both[i] ? value : double.NaN)];
        double[] high = [.. series.High.Select((value, i) => both[i] ? value : double.NaN)];
        foreach ((IReadOnlyList<Point> lower, IReadOnlyList<Point> upper)
            in panel.Runs(series.X, low).Zip(panel.Runs(series.X, high)))
        {
            IReadOnlyList<Point> visible = _frame.Clip([.. upper, .. lower.Reverse()]);
            if (visible.Count > 2)
            {
                svg.Path($"band f{Palette.IndexOf(series.Colour)}", Join(visible) + "Z");
            }
        }
    }

    private void DrawLine(Series series)
    {
        var path = new StringBuilder();
        Point? pen = null;
        foreach ((Point from, Point to) in panel.Segments(series))
        {
            path.Append(pen == from ? "L" : $"M{Pair(from)}L").Append(Pair(to));
            pen = to;
        }
        if (path.Length > 0)
        {
            svg.Path(LineClass(series), path.ToString());
        }
        // A value with a gap on either side has no line, and would not be seen.
        foreach (IReadOnlyList<Point> run in panel.Runs(series.X, series.Y))
        {
            if (run.Count == 1 && _frame.Contains(run[0]))
            {
                svg.Circle($"dot f{Palette.IndexOf(series.Colour)}", run[0].X, run[0].Y, LoneRadius);
            }
        }
    }

    private void DrawEndLabels()
    {
        IReadOnlyList<SeriesLabel> labels = _measure.Labels;
        Point[] ends = [.. labels.Select(label => panel.End(label.Series))];
        double[] wanted = [.. ends.Select(end => Math.Clamp(end.Y, _frame.Top, _frame.Bottom))];
        double half = SvgStyle.TextLine / 2;
        double[] places = LabelStack.Place(wanted, SvgStyle.TextLine, _frame.Top - half, _frame.Bottom + half);
        for (int i = 0; i < labels.Count; i++)
        {
            int colour = Palette.IndexOf(labels[i].Series.Colour);
            double x = _frame.Right + PanelMeasure.LabelGap;
            if (_frame.Contains(ends[i]))
            {
                if (Math.Abs(places[i] - ends[i].Y) > half || ends[i].X < _frame.Right - 1)
                {
                    svg.Line($"leader s{colour}", ends[i].X, ends[i].Y, x - 2, places[i]);
                }
                svg.Circle($"dot f{colour}", ends[i].X, ends[i].Y, EndRadius);
            }
            labels[i].Draw(svg, x, places[i] + BaseLineDrop);
        }
    }

    private static string LineClass(Series series) =>
        $"line s{Palette.IndexOf(series.Colour)}{(series.Style == LineStyle.Dashed ? " dashed" : "")}";

    private static string Join(IReadOnlyList<Point> points) => "M" + string.Join('L', points.Select(Pair));

    private static string Pair(Point point) => $"{SvgWriter.Number(point.X)} {SvgWriter.Number(point.Y)}";
}
