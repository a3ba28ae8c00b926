namespace Trainer.Charts;

/// <summary>How a series is named in the picture: its name, its value, and the room they take side by side.</summary>
/// <param name="Series">The series.</param>
/// <param name="Name">Its name.</param>
/// <param name="Value">The value after the name; empty for none.</param>
internal sealed record SeriesLabel(Series Series, string Name, string Value)
{
    /// <summary>The label of <paramref name="series"/>, unshortened.</summary>
    public static SeriesLabel Of(Series series) =>
        new(series, series.Name, series.EndLabel ?? "");

    /// <summary>Estimated width in user units.</summary>
    public double Width => TextMetrics.Width(Name + Space, SvgStyle.TextSize, bold: true) + ValueWidth;

    // Some viewers drop a space at the beginning of a piece of text, none at its end.
    private string Space => Value.Length > 0 ? " " : "";

    private double ValueWidth => TextMetrics.Width(Value, SvgStyle.TextSize);

    /// <summary>The same with the name, and at need the value too, shortened to fit.</summary>
    public SeriesLabel Fit(double width)
    {
        SeriesLabel fit = this with { Value = TextMetrics.Shorten(Value, SvgStyle.TextSize, 0.6 * width) };
        double room = width - fit.ValueWidth - TextMetrics.Width(fit.Space, SvgStyle.TextSize, bold: true);
        return fit with { Name = TextMetrics.Shorten(Name, SvgStyle.TextSize, room, bold: true) };
    }

    /// <summary>Writes it with its base line at <paramref name="y"/>.</summary>
    public void Draw(SvgWriter svg, double x, double y) => svg.Text(
        x, y, TextAnchor.Start, ($"value f{Palette.IndexOf(Series.Colour)}", Name + Space), ("quiet", Value));
}
