namespace Trainer.Charts;

/// <summary>Draws a panel's markers, each label where it hides least.</summary>
/// <param name="svg">The document.</param>
/// <param name="panel">The panel in its place.</param>
internal sealed class MarkerDrawing(SvgWriter svg, PlacedPanel panel)
{
    private const double Gap = 6;
    private const double RingRadius = 6.5;
    private const double LabelHeight = SvgStyle.TextLine;

    // More than the segments of any line, so that covering another label is always the worse choice.
    private const int CostOfLabel = 1_000_000;

    private readonly List<Frame> _taken = [];

    /// <summary>Draws the lines and rings, to lie below the data.</summary>
    public void DrawMarks()
    {
        foreach ((Marker _, Point point, bool isVertical) in Visible())
        {
            if (isVertical)
            {
                svg.Line("mark", point.X, panel.Frame.Top, point.X, panel.Frame.Bottom);
            }
            else
            {
                svg.Circle("ring", point.X, point.Y, RingRadius);
            }
        }
    }

    /// <summary>Draws the labels, to lie above the data.</summary>
    public void DrawLabels()
    {
        foreach ((Marker marker, Point point, bool isVertical) in Visible())
        {
            double room = Math.Max(point.X - panel.Frame.Left, panel.Frame.Right - point.X) - 2 * Gap;
            string text = TextMetrics.Shorten(marker.Label, SvgStyle.TextSize, room);
            if (marker.Label.Length == 0 || TextMetrics.Width(text, SvgStyle.TextSize) > room)
            {
                continue;
            }
            Frame? box = Candidates(point, isVertical, TextMetrics.Width(text, SvgStyle.TextSize))
                .Where(panel.Frame.Contains)
                .MinBy(Cost);
            if (box is not null)
            {
                _taken.Add(box);
                svg.Rectangle("veil", box.Left, box.Top, box.Width, box.Height);
                svg.Text("quiet", box.Left + 1, box.Bottom - 5, text);
            }
        }
    }

    private IEnumerable<(Marker Marker, Point Point, bool IsVertical)> Visible()
    {
        foreach (Marker marker in panel.Measure.Panel.Markers)
        {
            double y = marker.Y ?? panel.Measure.Y.Minimum;
            if (panel.Shows(marker.X, y) && panel.At(marker.X, y) is var point && panel.Frame.Contains(point))
            {
                yield return (marker, point, marker.Y is null);
            }
        }
    }

    /// <summary>Boxes for a label, the preferred first: right and left of a vertical line, at its top, its foot and between; about a ring.</summary>
    private IEnumerable<Frame> Candidates(Point point, bool isVertical, double width)
    {
        Frame frame = panel.Frame;
        double[] tops = isVertical
            ? [frame.Top + 2, frame.Bottom - LabelHeight - 2, .. Enumerable.Range(1, 7).Select(i => frame.Top + i * frame.Height / 9)]
            : [point.Y - LabelHeight - RingRadius, point.Y + RingRadius, point.Y - LabelHeight / 2];
        foreach (double top in tops)
        {
            double gap = isVertical ? Gap : RingRadius + 2;
            yield return new Frame(point.X + gap, top, point.X + gap + width, top + LabelHeight);
            yield return new Frame(point.X - gap - width, top, point.X - gap, top + LabelHeight);
        }
    }

    /// <summary>How many pieces of line and earlier labels a box would lie on.</summary>
    private int Cost(Frame box)
    {
        int cost = CostOfLabel * _taken.Count(box.Overlaps);
        foreach (Series series in panel.Measure.Panel.Series)
        {
            cost += panel.Segments(series).Count(segment => box.Clip(segment.From, segment.To) is not null);
        }
        return cost;
    }
}
