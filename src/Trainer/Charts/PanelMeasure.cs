namespace Trainer.Charts;

/// <summary>What a panel needs around its frame, found before the panel has a place.</summary>
internal sealed class PanelMeasure
{
    /// <summary>Height of every panel's frame.</summary>
    public const double FrameHeight = 190;

    /// <summary>Distance between a line's end and its label.</summary>
    public const double LabelGap = 10;

    /// <summary>Length of the piece of line before a name in the legend, with the gap after it.</summary>
    public const double SwatchWidth = 32;

    private const double TickGap = 8;
    /// <summary>Distance between two entries of the legend.</summary>
    public const double LegendGap = 20;
    private const double WidestLabel = 190;
    private const int MostSteps = 5;

    /// <summary>Measures <paramref name="panel"/>.</summary>
    public PanelMeasure(Panel panel)
    {
        Panel = panel;
        IEnumerable<double> values = panel.Series.SelectMany(s => s.Y.Concat(s.Low ?? []).Concat(s.High ?? []));
        Y = AxisMap.FitRound(panel.Y, values, MostSteps);
        Labels = [.. panel.Series.Where(s => s.Y.Any(Y.Shows)).Select(SeriesLabel.Of)];
        HasDirectLabels = Labels.Count * SvgStyle.TextLine <= FrameHeight && Labels.All(label => label.Width <= WidestLabel);
        LegendRows = HasDirectLabels ? [] : InRows(Labels);
        LeftMargin = TickGap + Y.Ticks.Max(tick => TextMetrics.Width(tick.Label, SvgStyle.TextSize));
        RightMargin = HasDirectLabels ? Labels.Select(label => LabelGap + label.Width).DefaultIfEmpty(0).Max() : LabelGap;
    }

    /// <summary>The panel.</summary>
    public Panel Panel { get; }

    /// <summary>Its vertical axis, fitted.</summary>
    public AxisMap Y { get; }

    /// <summary>The series that have something to show.</summary>
    public IReadOnlyList<SeriesLabel> Labels { get; }

    /// <summary>Whether the labels stand at the lines' ends; else there is a legend.</summary>
    public bool HasDirectLabels { get; }

    /// <summary>The legend's labels, line by line.</summary>
    public IReadOnlyList<IReadOnlyList<SeriesLabel>> LegendRows { get; }

    /// <summary>Room for the numbers left of the frame.</summary>
    public double LeftMargin { get; }

    /// <summary>Room for the labels right of the frame.</summary>
    public double RightMargin { get; }

    /// <summary>Room for the heading and the legend above the frame.</summary>
    public double HeightAbove => 30 + LegendRows.Count * SvgStyle.TextLine;

    /// <summary>Room for the numbers and the label below the frame.</summary>
    public double HeightBelow => 24 + (Panel.X.Label.Length > 0 ? SvgStyle.TextLine : 0);

    /// <summary>Gives the panel its place.</summary>
    /// <param name="top">Upper edge of the whole panel.</param>
    /// <param name="left">Left edge of the frame.</param>
    /// <param name="right">Right edge of the frame.</param>
    public PlacedPanel Place(double top, double left, double right)
    {
        double frameTop = top + HeightAbove;
        return new PlacedPanel(this, new Frame(left, frameTop, right, frameTop + FrameHeight), FitX(right - left));
    }

    /// <summary>The horizontal axis with as many ticks as have room side by side.</summary>
    private AxisMap FitX(double width)
    {
        const double gap = 14;
        for (int most = 10; ; most--)
        {
            AxisMap map = AxisMap.FitExact(Panel.X, Panel.Series.SelectMany(series => series.X), most);
            double widest = map.Ticks.Max(tick => TextMetrics.Width(tick.Label, SvgStyle.TextSize));
            if (most == 2 || Enumerable.Range(1, map.Ticks.Count - 1).All(i =>
                (map.Fraction(map.Ticks[i].Value) - map.Fraction(map.Ticks[i - 1].Value)) * width >= widest + gap))
            {
                return map;
            }
        }
    }

    private static List<List<SeriesLabel>> InRows(IReadOnlyList<SeriesLabel> labels)
    {
        const double width = SvgStyle.PageWidth - 2 * SvgStyle.Margin;
        var rows = new List<List<SeriesLabel>> { new() };
        double used = 0;
        foreach (SeriesLabel label in labels.Select(label => label.Fit(width - SwatchWidth)))
        {
            if (used > 0 && used + SwatchWidth + label.Width > width)
            {
                rows.Add([]);
                used = 0;
            }
            rows[^1].Add(label);
            used += SwatchWidth + label.Width + LegendGap;
        }
        return rows;
    }
}
