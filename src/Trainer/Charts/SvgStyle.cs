using System.Globalization;
using System.Text;

namespace Trainer.Charts;

/// <summary>
/// The look that all pictures share: sizes in user units, and the style sheet. A viewer that knows
/// <c>prefers-color-scheme</c> gets light or dark; one that does not takes the light rules, which stand outside the
/// media query. The page is painted in either case, so a picture never lies on a background it was not made for.
/// </summary>
internal static class SvgStyle
{
    /// <summary>Width of a picture: shown 400 pixels wide, the smallest text is still 10 pixels high.</summary>
    public const double PageWidth = 560;

    /// <summary>Distance of everything from the page's edge.</summary>
    public const double Margin = 18;

    /// <summary>Font size of the title.</summary>
    public const double TitleSize = 20;

    /// <summary>Font size of a panel's heading.</summary>
    public const double HeadingSize = 16;

    /// <summary>Font size of everything else.</summary>
    public const double TextSize = 14;

    /// <summary>Distance between the base lines of two lines of the title.</summary>
    public const double TitleLine = 25;

    /// <summary>Distance between the base lines of two lines of text.</summary>
    public const double TextLine = 19;

    private const string Fonts = "\"Helvetica Neue\", Helvetica, Arial, \"Liberation Sans\", sans-serif";

    /// <summary>The style sheet.</summary>
    public static string Sheet { get; } = Build();

    private static string Build()
    {
        var css = new StringBuilder();
        css.Append(CultureInfo.InvariantCulture, $$"""

            .figure text { font-family: {{Fonts}}; font-size: {{TextSize}}px }
            .figure .title { font-size: {{TitleSize}}px; font-weight: bold }
            .figure .heading { font-size: {{HeadingSize}}px; font-weight: bold }
            .figure .quiet { font-size: {{TextSize}}px; font-weight: normal }
            .figure .value { font-weight: bold }
            .figure .grid, .figure .axis { stroke-width: 1 }
            .figure .mark { fill: none; stroke-width: 1.25; stroke-dasharray: 2 3 }
            .figure .ring { fill: none; stroke-width: 1.75 }
            .figure .leader { stroke-width: 1.25; stroke-dasharray: 1 3 }
            .figure .line { fill: none; stroke-width: 2.25; stroke-linejoin: round; stroke-linecap: round }
            .figure .dashed { stroke-dasharray: 7 5; stroke-linecap: butt }
            .figure .dot { stroke-width: 1.5 }
            .figure .band { fill-opacity: 0.16 }
            .figure .veil { fill-opacity: 0.85 }
            .figure .pixels { image-rendering: pixelated }

            """);
        AppendColours(css, "", "#ffffff", "#1c2127", "#59626d", "#e5e8ec", "#9aa3ad", Palette.Light);
        css.Append("@media (prefers-color-scheme: dark) {\n");
        AppendColours(css, " ", "#14171c", "#e9ecf0", "#a3acb8", "#2b3038", "#5a636f", Palette.Dark);
        css.Append("}\n");
        return css.ToString();
    }

    private static void AppendColours(
        StringBuilder css, string indent, string page, string ink, string quiet, string grid, string axis,
        IReadOnlyList<string> colours)
    {
        Rule($".page, .figure .veil {{ fill: {page} }}");
        Rule($"text {{ fill: {ink} }}");
        Rule($".quiet {{ fill: {quiet} }}");
        Rule($".grid {{ stroke: {grid} }}");
        Rule($".axis {{ stroke: {axis} }}");
        Rule($".mark, .figure .ring {{ stroke: {quiet} }}");
        Rule($".dot {{ stroke: {page} }}");
        Rule($".border {{ fill: none; stroke: {axis} }}");
        for (int i = 0; i < colours.Count; i++)
        {
            Rule($".s{i} {{ stroke: {colours[i]} }}");
            Rule($".f{i} {{ fill: {colours[i]} }}");
        }

        void Rule(string rule) => css.Append(indent).Append(".figure ").Append(rule).Append('\n');
    }
}
