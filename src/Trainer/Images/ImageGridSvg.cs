using Trainer.Charts;

namespace Trainer.Images;

/// <summary>
/// Draws a grid of images as self-contained SVG. The images lie in it as PNGs enlarged by a whole factor: their pixels
/// stay sharp squares even in viewers that smooth whatever they scale and do not know
/// <c>image-rendering: pixelated</c> (rsvg-convert 2.54 is one).
/// </summary>
internal static class ImageGridSvg
{
    private const double Gap = 20;
    private const double TwoLineCaption = 44;
    private const double OneLineCaption = 26;
    private const double WidestNotes = 140;
    private const int LargestImage = 224;
    private const int SmallestImage = 98;
    private const double PreferredWidth = 480;

    // Wide enough for a title when there is one column.
    private const double LeastPageWidth = 400;

    /// <summary>Writes <paramref name="grid"/> to <paramref name="destination"/>, which stays open.</summary>
    public static void Write(ImageGrid grid, Stream destination)
    {
        double widest = Math.Clamp(PreferredWidth / grid.Columns, SmallestImage, LargestImage);
        double scale = Math.Max(1, Math.Floor(widest / Math.Max(grid.PixelColumns, grid.PixelRows)));
        double width = scale * grid.PixelColumns;
        double height = scale * grid.PixelRows;
        double cellWidth = Math.Max(Math.Max(width, SmallestImage), Math.Min(WidestNotes, grid.Images.Max(NotesWidth)));
        int notes = grid.Images.Max(image => image.Notes.Count);
        bool oneLine = notes == 0 && grid.Images.All(image => CaptionWidth(image) <= cellWidth);
        double cellHeight = height + (oneLine ? OneLineCaption : TwoLineCaption + Math.Max(0, notes - 1) * SvgStyle.TextLine);

        double pageWidth = Math.Max(
            LeastPageWidth, 2 * SvgStyle.Margin + grid.Columns * (cellWidth + Gap) - Gap);
        FigureHeader header = FigureHeader.Of(grid.Title, grid.Subtitle, pageWidth);
        int rows = (grid.Images.Count + grid.Columns - 1) / grid.Columns;
        double pageHeight = header.Height + rows * (cellHeight + Gap) - Gap + SvgStyle.Margin;

        using var svg = new SvgWriter(destination, pageWidth, pageHeight, grid.Title, Description(grid), SvgStyle.Sheet);
        header.Draw(svg);
        for (int i = 0; i < grid.Images.Count; i++)
        {
            double left = SvgStyle.Margin + i % grid.Columns * (cellWidth + Gap);
            double top = header.Height + i / grid.Columns * (cellHeight + Gap);
            svg.Image("pixels", left, top, width, height, Enlarged(grid, grid.Images[i]));
            svg.Rectangle("border", left, top, width, height);
            DrawCaption(svg, grid.Images[i], left, top + height + SvgStyle.TextLine, cellWidth, oneLine);
        }
    }

    private static void DrawCaption(SvgWriter svg, GridImage image, double x, double y, double width, bool oneLine)
    {
        if (oneLine)
        {
            svg.Text(x, y, TextAnchor.Start, ("value", image.ClassName + " "), ("quiet", image.IndexText));
            return;
        }
        svg.Text("value", x, y, TextMetrics.Shorten(image.ClassName, SvgStyle.TextSize, width, bold: true));
        foreach (string note in Notes(image))
        {
            y += SvgStyle.TextLine;
            svg.Text("quiet", x, y, TextMetrics.Shorten(note, SvgStyle.TextSize, width));
        }
    }

    private static IReadOnlyList<string> Notes(GridImage image) => image.Notes.Count > 0 ? image.Notes : [image.IndexText];

    private static double NotesWidth(GridImage image) => image.Notes.Count == 0 ? 0 : Math.Max(
        TextMetrics.Width(image.ClassName, SvgStyle.TextSize, bold: true),
        image.Notes.Max(note => TextMetrics.Width(note, SvgStyle.TextSize)));

    private static double CaptionWidth(GridImage image) =>
        TextMetrics.Width(image.ClassName + " ", SvgStyle.TextSize, bold: true)
        + TextMetrics.Width(image.IndexText, SvgStyle.TextSize);

    private static string Description(ImageGrid grid) =>
        "Images in rows: " + string.Join(", ", grid.Images.Select(image => string.Join(' ', [image.ClassName, .. Notes(image)]))) + ".";

    private static ReadOnlySpan<byte> Enlarged(ImageGrid grid, GridImage image)
    {
        int factor = Math.Max(1, LargestImage / Math.Max(grid.PixelColumns, grid.PixelRows));
        int width = factor * grid.PixelColumns;
        int height = factor * grid.PixelRows;
        byte[] pixels = new byte[width * height];
        ReadOnlySpan<byte> source = image.Pixels.Span;
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = source[i / width / factor * grid.PixelColumns + i % width / factor];
        }
        var png = new MemoryStream();
        PngWriter.WriteGrey(png, pixels, width, height);
        return png.GetBuffer().AsSpan(0, (int)png.Length);
    }
}
