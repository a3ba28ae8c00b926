namespace Trainer.Charts;

/// <summary>Draws a <see cref="HeatMap"/> as self-contained SVG.</summary>
internal static class HeatMapSvg
{
    private const double CellWidth = 48;
    private const double CellHeight = 32;
    private const double WidestLabel = 120;
    private const double WidestCorner = 150;
    private const double EndWidth = 62;
    private const double Gap = 8;
    private const double Slant = 0.7071;

    // From this shade on a cell's text is set in the page's colour: nearest to equal contrast on light and dark pages.
    private const double StrongShade = 0.72;

    /// <summary>Writes <paramref name="map"/> to <paramref name="destination"/>, which stays open.</summary>
    public static void Write(HeatMap map, Stream destination)
    {
        double labelWidth = Math.Max(Widest(map.RowLabels), Math.Min(WidestCorner, TextMetrics.Width(map.Corner, SvgStyle.TextSize)));
        double left = SvgStyle.Margin + Math.Max(labelWidth, TextMetrics.Width(map.ColumnEndsLabel, SvgStyle.TextSize)) + Gap;
        double right = left + map.Cells[0].Count * CellWidth;
        // A slanted label reaches as far to the right of its column as it is high; the last one stands above the row ends.
        double pageWidth = Math.Max(right + Gap + EndWidth, right + Widest(map.ColumnLabels)) + SvgStyle.Margin;
        FigureHeader header = FigureHeader.Of(map.Title, map.Subtitle, pageWidth);
        double top = header.Height + Widest(map.ColumnLabels) * Slant + SvgStyle.TextLine;
        double bottom = top + map.Cells.Count * CellHeight;
        double pageHeight = Math.Ceiling(bottom + Gap + SvgStyle.TextLine + SvgStyle.Margin);

        using var svg = new SvgWriter(destination, pageWidth, pageHeight, map.Title, map.AltText, SvgStyle.Sheet);
        header.Draw(svg);
        svg.Text("quiet", SvgStyle.Margin, top - Gap, TextMetrics.Shorten(map.Corner, SvgStyle.TextSize, labelWidth));
        DrawCells(svg, map, left, top);
        svg.Rectangle("border", left, top, right - left, bottom - top);
        DrawEdges(svg, map, left, top);
    }

    private static double Widest(IEnumerable<string> labels) =>
        Math.Min(WidestLabel, labels.Max(label => TextMetrics.Width(label, SvgStyle.TextSize, bold: true)));

    private static void DrawCells(SvgWriter svg, HeatMap map, double left, double top)
    {
        for (int row = 0; row < map.Cells.Count; row++)
        {
            for (int column = 0; column < map.Cells[row].Count; column++)
            {
                HeatMapCell cell = map.Cells[row][column];
                double x = left + column * CellWidth;
                double y = top + row * CellHeight;
                svg.Rectangle($"f{Palette.IndexOf(cell.Colour)}", x, y, CellWidth, CellHeight, opacity: cell.Shade);
                if (cell.Text.Length > 0)
                {
                    svg.Text(
                        cell.Shade >= StrongShade ? "page" : "ink", x + CellWidth / 2, BaseLine(y),
                        TextMetrics.Shorten(cell.Text, SvgStyle.TextSize, CellWidth), TextAnchor.Middle);
                }
            }
        }
    }

    private static void DrawEdges(SvgWriter svg, HeatMap map, double left, double top)
    {
        double right = left + map.Cells[0].Count * CellWidth;
        double end = BaseLine(top + map.Cells.Count * CellHeight) + Gap / 2;
        for (int row = 0; row < map.RowLabels.Count; row++)
        {
            double y = BaseLine(top + row * CellHeight);
            svg.Text("value", left - Gap, y, Fit(map.RowLabels[row]), TextAnchor.End);
            svg.Text("quiet", right + EndWidth, y, map.RowEnds[row], TextAnchor.End);
        }
        for (int column = 0; column < map.ColumnLabels.Count; column++)
        {
            // The last label stands above the row ends.
            bool isEnd = column == map.Cells[0].Count;
            double x = left + (column + 0.5) * CellWidth + (isEnd ? Gap : 0);
            svg.SlantedText(isEnd ? "quiet" : "value", x, top - Gap, Fit(map.ColumnLabels[column]));
        }
        svg.Text("quiet", left - Gap, end, map.ColumnEndsLabel, TextAnchor.End);
        for (int column = 0; column < map.ColumnEnds.Count; column++)
        {
            svg.Text("quiet", left + (column + 0.5) * CellWidth, end, map.ColumnEnds[column], TextAnchor.Middle);
        }
    }

    private static double BaseLine(double top) => top + CellHeight / 2 + SvgStyle.TextSize * 0.36;

    private static string Fit(string label) => TextMetrics.Shorten(label, SvgStyle.TextSize, WidestLabel, bold: true);
}
