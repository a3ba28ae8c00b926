namespace Trainer.Charts;

/// <summary>Draws <see cref="ParallelAxes"/> as self-contained SVG.</summary>
internal static class ParallelAxesSvg
{
    private const double Height = 260;
    private const double LeastSpacing = 110;
    private const double LabelWidth = 70;
    private const double Gap = 6;

    /// <summary>Writes <paramref name="picture"/> to <paramref name="destination"/>, which stays open.</summary>
    public static void Write(ParallelAxes picture, Stream destination)
    {
        double labels = picture.Lines.Max(line => TextMetrics.Width(line.Label, SvgStyle.TextSize, bold: true));
        double reach = Math.Min(LabelWidth, labels) + 2 * Gap;
        double spacing = Math.Max(
            LeastSpacing, (SvgStyle.PageWidth - 2 * SvgStyle.Margin - reach - LeastSpacing) / Math.Max(1, picture.Axes.Count - 1));
        // Names stand above their axes, centred.
        double left = SvgStyle.Margin + LeastSpacing / 2;
        double pageWidth = left + spacing * (picture.Axes.Count - 1) + Math.Max(reach, LeastSpacing / 2) + SvgStyle.Margin;
        FigureHeader header = FigureHeader.Of(picture.Title, picture.Subtitle, pageWidth);
        double top = header.Height + 3 * SvgStyle.TextLine;
        var frame = new Frame(left, top, left + spacing * (picture.Axes.Count - 1), top + Height);
        using var svg = new SvgWriter(
            destination, pageWidth, Math.Ceiling(frame.Bottom + SvgStyle.TextLine + SvgStyle.Margin), picture.Title, picture.AltText, SvgStyle.Sheet);
        header.Draw(svg);
        foreach (ParallelLine line in picture.Lines)
        {
            DrawLine(svg, line, frame, spacing);
        }
        for (int axis = 0; axis < picture.Axes.Count; axis++)
        {
            DrawAxis(svg, picture.Axes[axis], left + axis * spacing, frame, spacing);
        }
        DrawLabels(svg, picture, frame);
    }

    private static void DrawAxis(SvgWriter svg, ParallelAxis axis, double x, Frame frame, double spacing)
    {
        svg.Line("axis", x, frame.Top, x, frame.Bottom);
        IReadOnlyList<string> name = TextMetrics.Wrap(axis.Name, SvgStyle.TextSize, spacing - 2 * Gap, 2, bold: true);
        for (int line = 0; line < name.Count; line++)
        {
            svg.Text("value", x, frame.Top - 2 * Gap - (name.Count - 1 - line) * SvgStyle.TextLine, name[line], TextAnchor.Middle);
        }
        foreach ((double place, string text) in axis.Ticks)
        {
            double y = frame.Bottom - place * frame.Height;
            string shown = TextMetrics.Shorten(text, SvgStyle.TextSize, spacing / 2);
            double width = TextMetrics.Width(shown, SvgStyle.TextSize);
            svg.Line("axis", x - 4, y, x, y);
            svg.Rectangle("veil", x - Gap - width, y - 9, width, 17);
            svg.Text("quiet", x - Gap, y + 5, shown, TextAnchor.End);
        }
    }

    private static void DrawLine(SvgWriter svg, ParallelLine line, Frame frame, double spacing)
    {
        string style = line.Colour is { } colour ? $"line s{Palette.IndexOf(colour)}" : "axis";
        for (int axis = 1; axis < line.Places.Count; axis++)
        {
            if (line.Places[axis - 1] is { } from && line.Places[axis] is { } to)
            {
                svg.Line(style, frame.Left + (axis - 1) * spacing, Y(from), frame.Left + axis * spacing, Y(to));
            }
        }

        double Y(double place) => frame.Bottom - place * frame.Height;
    }

    private static void DrawLabels(SvgWriter svg, ParallelAxes picture, Frame frame)
    {
        ParallelLine[] labelled = [.. picture.Lines.Where(line => line.Label.Length > 0 && line.Places[^1] is not null)];
        double[] wanted = [.. labelled.Select(line => frame.Bottom - (line.Places[^1] ?? 0) * frame.Height)];
        double[] places = LabelStack.Place(wanted, SvgStyle.TextLine, frame.Top, frame.Bottom);
        for (int i = 0; i < labelled.Length; i++)
        {
            string text = TextMetrics.Shorten(labelled[i].Label, SvgStyle.TextSize, LabelWidth, bold: true);
            svg.Text($"value f{Palette.IndexOf(labelled[i].Colour ?? 0)}", frame.Right + Gap, places[i] + 5, text);
        }
    }
}
