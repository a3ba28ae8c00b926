using System.Text;

namespace Trainer.Charts;

/// <summary>
/// Draws figures as self-contained SVG: panels one below the other with their frames aligned, so that the picture
/// stays readable in a narrow column.
/// </summary>
internal sealed class SvgRenderer : IFigureRenderer
{
    private const double PanelGap = 16;

    /// <inheritdoc/>
    public string FileExtension => ".svg";

    /// <summary>The document as text.</summary>
    /// <inheritdoc cref="Render"/>
    public string RenderText(Figure figure)
    {
        using var bytes = new MemoryStream();
        Render(figure, bytes);
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    /// <inheritdoc/>
    public void Render(Figure figure, Stream destination)
    {
        foreach (Series series in figure.Panels.SelectMany(panel => panel.Series))
        {
            series.Validate();
        }
        FigureHeader header = FigureHeader.Of(figure.Title, figure.Subtitle);
        List<PlacedPanel> panels = Place(figure.Panels, header.Height, out double height);
        using var svg = new SvgWriter(
            destination, SvgStyle.PageWidth, height, figure.Title, figure.AltText, SvgStyle.Sheet);
        header.Draw(svg);
        foreach (PlacedPanel panel in panels)
        {
            new PanelDrawing(svg, panel).Draw();
        }
    }

    private static List<PlacedPanel> Place(IReadOnlyList<Panel> panels, double top, out double height)
    {
        List<PanelMeasure> measures = [.. panels.Select(panel => new PanelMeasure(panel))];
        double left = SvgStyle.Margin + measures.Select(measure => measure.LeftMargin).DefaultIfEmpty(0).Max();
        double right = SvgStyle.PageWidth - SvgStyle.Margin
            - measures.Select(measure => measure.RightMargin).DefaultIfEmpty(0).Max();
        var placed = new List<PlacedPanel>();
        foreach (PanelMeasure measure in measures)
        {
            placed.Add(measure.Place(top, left, right));
            top = placed[^1].Frame.Bottom + measure.HeightBelow + PanelGap;
        }
        height = Math.Ceiling(top - (panels.Count > 0 ? PanelGap : 0) + SvgStyle.Margin - 4);
        return placed;
    }
}
