using Spectre.Console;
using Spectre.Console.Rendering;

namespace Trainer.Images;

/// <summary>
/// Draws a grid of images in the terminal, two pixels per character: the upper half block in the upper pixel's colour
/// on the lower one's. Without colour (NO_COLOR, output that is not a terminal, an old console) each character is a
/// shade for the mean of its two pixels. A grid too wide for the terminal gets fewer columns, an image too wide is
/// made smaller.
/// </summary>
/// <param name="grid">What to draw.</param>
/// <param name="colour">Whether to draw in colour; <see cref="For"/> finds it out.</param>
internal sealed class TerminalGrid(ImageGrid grid, bool colour) : Renderable
{
    private const int Gap = 3;
    private const char UpperHalfBlock = '\u2580';

    // From dark to bright.
    private const string Shades = " .:-=+*#%@";

    /// <summary>
    /// The grid as <paramref name="console"/> can show it. That its output is a terminal is asked here, as Spectre.Console
    /// itself writes colours into files too when TERM names a terminal that has them.
    /// </summary>
    public static TerminalGrid For(IAnsiConsole console, ImageGrid grid)
    {
        Capabilities can = console.Profile.Capabilities;
        return new TerminalGrid(
            grid, console.Profile.Out.IsTerminal && can.Ansi && can.Unicode && can.ColorSystem >= ColorSystem.EightBit);
    }

    /// <inheritdoc/>
    protected override Measurement Measure(RenderOptions options, int maxWidth)
    {
        (int width, int columns) = Layout(maxWidth);
        return new Measurement(Math.Min(grid.PixelColumns, maxWidth), columns * (width + Gap) - Gap);
    }

    /// <inheritdoc/>
    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        (int width, int columns) = Layout(maxWidth);
        // Lines of characters; a pixel is as high as half a character.
        int lines = Math.Max(1, (grid.PixelRows * width + grid.PixelColumns) / (2 * grid.PixelColumns));
        bool first = true;
        foreach (GridImage[] row in grid.Images.Chunk(columns))
        {
            if (!first)
            {
                yield return Segment.LineBreak;
            }
            first = false;
            byte[][] pixels = [.. row.Select(image => Shrinking.AreaMean(
                image.Pixels.Span, grid.PixelRows, grid.PixelColumns, colour ? 2 * lines : lines, width))];
            for (int line = 0; line < lines; line++)
            {
                IEnumerable<Segment> segments = Join(
                    pixels.Select(image => colour ? Blocks(image, line, width) : [Shade(image, line, width)]));
                foreach (Segment segment in colour ? segments : WithoutTrailingSpace(segments))
                {
                    yield return segment;
                }
                yield return Segment.LineBreak;
            }
            foreach (Segment segment in WithoutTrailingSpace(Join(row.Select(image => Caption(image, width, options.Unicode)))))
            {
                yield return segment;
            }
            yield return Segment.LineBreak;
        }
    }

    private (int Width, int Columns) Layout(int maxWidth)
    {
        int width = Math.Clamp(maxWidth, 1, grid.PixelColumns);
        return (width, Math.Clamp((maxWidth + Gap) / (width + Gap), 1, grid.Columns));
    }

    /// <summary>One line of an image in colour; neighbours of equal colours make one segment.</summary>
    private static IEnumerable<Segment> Blocks(byte[] pixels, int line, int width)
    {
        int upper = 2 * line * width;
        int lower = upper + width;
        int start = 0;
        for (int x = 1; x <= width; x++)
        {
            if (x == width || pixels[upper + x] != pixels[upper + start] || pixels[lower + x] != pixels[lower + start])
            {
                var style = new Style(Grey(pixels[upper + start]), Grey(pixels[lower + start]));
                yield return new Segment(new string(UpperHalfBlock, x - start), style);
                start = x;
            }
        }
    }

    private static Color Grey(byte value) => new(value, value, value);

    private static Segment Shade(byte[] pixels, int line, int width) => new(string.Create(
        width, pixels.AsMemory(line * width, width), static (characters, means) =>
        {
            for (int x = 0; x < characters.Length; x++)
            {
                characters[x] = Shades[means.Span[x] * Shades.Length / 256];
            }
        }));

    /// <summary>The class name, shortened at need, and the index; the name alone where the index would take most of the width.</summary>
    private IEnumerable<Segment> Caption(GridImage image, int width, bool unicode)
    {
        string index = " " + image.IndexText;
        index = 2 * index.Length <= width ? index : "";
        string name = Shorten(image.ClassName, width - index.Length, unicode);
        yield return new Segment(name, colour ? new Style(decoration: Decoration.Bold) : Style.Plain);
        yield return new Segment(index, colour ? new Style(decoration: Decoration.Dim) : Style.Plain);
        yield return Segment.Padding(width - name.GetCellWidth() - index.Length);
    }

    private static string Shorten(string text, int width, bool unicode)
    {
        if (text.GetCellWidth() <= width)
        {
            return text;
        }
        string ellipsis = unicode ? "\u2026" : ".";
        int length = text.Length;
        while (length > 0 && text[..length].GetCellWidth() + ellipsis.Length > width)
        {
            length--;
        }
        return length > 0 ? text[..length].TrimEnd() + ellipsis : "";
    }

    private static IEnumerable<Segment> Join(IEnumerable<IEnumerable<Segment>> images)
    {
        bool first = true;
        foreach (IEnumerable<Segment> image in images)
        {
            if (!first)
            {
                yield return Segment.Padding(Gap);
            }
            first = false;
            foreach (Segment segment in image)
            {
                yield return segment;
            }
        }
    }

    /// <summary>The line without the spaces at its end, which nobody sees and which a file should not hold.</summary>
    private static IEnumerable<Segment> WithoutTrailingSpace(IEnumerable<Segment> segments)
    {
        var line = new List<Segment>(segments);
        while (line.Count > 0 && string.IsNullOrWhiteSpace(line[^1].Text))
        {
            line.RemoveAt(line.Count - 1);
        }
        if (line.Count > 0)
        {
            line[^1] = new Segment(line[^1].Text.TrimEnd(), line[^1].Style);
        }
        return line;
    }
}
