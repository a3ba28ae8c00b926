using System.Globalization;
using System.Text;

namespace Trainer.Charts;

/// <summary>
/// Estimates how wide text will be, without a font at hand: an SVG is set in whatever sans-serif face its viewer has.
/// The estimates lie on the wide side of the usual ones (Helvetica, Arial, Liberation Sans, Segoe UI), so that what is
/// found to fit does fit.
/// </summary>
internal static class TextMetrics
{
    private const string Ellipsis = "\u2026";
    private const double BoldFactor = 1.07;

    /// <summary>Estimated width of <paramref name="text"/> in the units of <paramref name="size"/>, the font size.</summary>
    public static double Width(string text, double size, bool bold = false)
    {
        double sum = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            sum += Advance(rune);
        }
        return sum * size * (bold ? BoldFactor : 1);
    }

    /// <summary><paramref name="text"/> itself when it fits, else as much of its beginning as fits with an ellipsis.</summary>
    public static string Shorten(string text, double size, double width, bool bold = false)
    {
        if (Width(text, size, bold) <= width)
        {
            return text;
        }
        string kept = "";
        foreach (string element in TextElements(text))
        {
            if (Width(kept + element + Ellipsis, size, bold) > width)
            {
                break;
            }
            kept += element;
        }
        return kept.TrimEnd(' ', '.', ',', '-') + Ellipsis;
    }

    /// <summary>
    /// Breaks <paramref name="text"/> at spaces, and a word wider than a line anywhere, into lines that fit; what is
    /// over after the last line is shortened away.
    /// </summary>
    public static IReadOnlyList<string> Wrap(string text, double size, double width, int mostLines, bool bold = false)
    {
        var lines = new List<string>();
        string rest = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        while (rest.Length > 0 && lines.Count < mostLines - 1)
        {
            int length = LengthOfLine(rest, size, width, bold);
            lines.Add(rest[..length].TrimEnd());
            rest = rest[length..].TrimStart();
        }
        if (rest.Length > 0)
        {
            lines.Add(Shorten(rest, size, width, bold));
        }
        return lines;
    }

    /// <summary>How many characters a line takes: up to the last space that fits, or as many as fit, but at least one.</summary>
    private static int LengthOfLine(string text, double size, double width, bool bold)
    {
        int fitting = 0;
        int space = 0;
        foreach (string element in TextElements(text))
        {
            int end = fitting + element.Length;
            if (element == " ")
            {
                space = end;
            }
            else if (fitting > 0 && Width(text[..end], size, bold) > width)
            {
                return space > 0 ? space : fitting;
            }
            fitting = end;
        }
        return fitting;
    }

    private static IEnumerable<string> TextElements(string text)
    {
        TextElementEnumerator elements = StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext())
        {
            yield return elements.GetTextElement();
        }
    }

    /// <summary>Width of a character as a part of the font size.</summary>
    private static double Advance(Rune rune)
    {
        switch (Rune.GetUnicodeCategory(rune))
        {
            case UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format:
                return 0;
            case UnicodeCategory.Control when !Rune.IsWhiteSpace(rune):
                // Drawn as the replacement character.
                return 1.05;
            case UnicodeCategory.UppercaseLetter when rune.Value < 0x1100:
                return rune.Value is 'M' or 'W' ? 0.95 : rune.Value is 'I' or 'J' ? 0.5 : 0.73;
        }
        return rune.Value switch
        {
            'i' or 'j' or 'l' or '\'' or '|' or '.' or ',' or ':' or ';' or '!' or ' ' => 0.3,
            'f' or 't' or 'r' or '(' or ')' or '[' or ']' or '/' or '-' => 0.38,
            'm' or 'w' or '%' or '@' => 0.9,
            // From Hangul and the ideographs on, and for pictographs, a character fills a square.
            >= 0x1100 and not (>= 0x2000 and <= 0x2BFF) => 1.05,
            >= 0x2030 and <= 0x2BFF => 1,
            _ => 0.58,
        };
    }
}
