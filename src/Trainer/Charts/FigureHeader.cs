namespace Trainer.Charts;

/// <summary>Title and subtitle at the top of a picture, broken into lines that fit its width.</summary>
internal sealed class FigureHeader
{
    private const int MostTitleLines = 2;
    private const int MostSubtitleLines = 3;

    private readonly IReadOnlyList<string> _title;
    private readonly IReadOnlyList<string> _subtitle;

    private FigureHeader(IReadOnlyList<string> title, IReadOnlyList<string> subtitle)
    {
        _title = title;
        _subtitle = subtitle;
    }

    /// <summary>Room it takes from the upper edge of the page.</summary>
    public double Height =>
        SvgStyle.Margin + _title.Count * SvgStyle.TitleLine + _subtitle.Count * SvgStyle.TextLine + 14;

    /// <summary>Breaks the texts into lines.</summary>
    /// <param name="title">The headline.</param>
    /// <param name="subtitle">The quieter text below; null for none.</param>
    /// <param name="pageWidth">Width of the page.</param>
    public static FigureHeader Of(string title, string? subtitle, double pageWidth = SvgStyle.PageWidth)
    {
        double width = pageWidth - 2 * SvgStyle.Margin;
        return new FigureHeader(
            TextMetrics.Wrap(title, SvgStyle.TitleSize, width, MostTitleLines, bold: true),
            TextMetrics.Wrap(subtitle ?? "", SvgStyle.TextSize, width, MostSubtitleLines));
    }

    /// <summary>Writes it.</summary>
    public void Draw(SvgWriter svg)
    {
        double y = SvgStyle.Margin - 7;
        foreach (string line in _title)
        {
            y += SvgStyle.TitleLine;
            svg.Text("title", SvgStyle.Margin, y, line);
        }
        y += 2;
        foreach (string line in _subtitle)
        {
            y += SvgStyle.TextLine;
            svg.Text("quiet", SvgStyle.Margin, y, line);
        }
    }
}
