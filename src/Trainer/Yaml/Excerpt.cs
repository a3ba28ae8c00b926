using System.Buffers;
using System.Globalization;
using System.Text;

namespace Trainer.Yaml;

/// <summary>Text of a user's in a message of ours: always one line, never long, never a terminal's control sequence.</summary>
internal static class Excerpt
{
    private const int Longest = 60;

    /// <summary>The beginning of <paramref name="text"/>, what cannot be printed shown as <c>\u001b</c>.</summary>
    public static string Of(string text)
    {
        if (text.Length <= Longest)
        {
            return OneLine(text);
        }
        int end = char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest;
        return OneLine(text[..end]) + "...";
    }

    /// <summary>All of <paramref name="text"/>, what cannot be printed shown as <c>\u001b</c>.</summary>
    public static string OneLine(string text)
    {
        var shown = new StringBuilder(text.Length);
        for (ReadOnlySpan<char> rest = text; rest.Length > 0;)
        {
            bool isCharacter = Rune.DecodeFromUtf16(rest, out Rune rune, out int length) == OperationStatus.Done;
            if (isCharacter && !IsUnprintable(rune))
            {
                shown.Append(rest[..length]);
            }
            else
            {
                shown.Append(CultureInfo.InvariantCulture, $"\\u{(isCharacter ? rune.Value : rest[0]):x4}");
            }
            rest = rest[length..];
        }
        return shown.ToString();
    }

    private static bool IsUnprintable(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
