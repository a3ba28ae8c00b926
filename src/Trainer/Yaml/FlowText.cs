using System.Collections;
using System.Globalization;
using System.Text;
using Trainer.Configuration;

namespace Trainer.Yaml;

/// <summary>
/// The one way each value is written on a single line: <c>0.001</c>, <c>[128, 64]</c>, <c>relu</c>,
/// <c>{name: adam, lr: 0.001}</c>. Equal values give equal text and the text reads back as the value, so values are
/// compared by it (a record's own equality would compare its lists by reference).
/// </summary>
internal static class FlowText
{
    /// <summary>Any configuration value.</summary>
    /// <param name="shape">What it is declared as.</param>
    /// <param name="value">The value.</param>
    public static string Of(ValueShape shape, object? value) => value is null ? "null" : shape.Kind switch
    {
        ValueKind.Text => Text((string)value),
        ValueKind.Integer => ((int)value).ToString(CultureInfo.InvariantCulture),
        ValueKind.Unsigned => ((ulong)value).ToString(CultureInfo.InvariantCulture),
        ValueKind.Number => Number((double)value),
        ValueKind.Flag => (bool)value ? "true" : "false",
        ValueKind.Choice => KeyName.Choice(shape.Type, value.ToString()!),
        ValueKind.IntegerList or ValueKind.NumberList or ValueKind.VariantList =>
            $"[{string.Join(", ", ((IEnumerable)value).Cast<object>().Select(item => Of(shape.Element, item)))}]",
        _ => Record(shape, value),
    };

    /// <summary>
    /// A number with the fewest digits that read back as the same binary64. Very small and large ones are written like
    /// <c>1.0e-8</c>: YAML 1.1 readers (Python's among them) take <c>1e-8</c> for text.
    /// </summary>
    public static string Number(double value)
    {
        string shortest = value.ToString("R", CultureInfo.InvariantCulture);
        int e = shortest.IndexOf('E', StringComparison.Ordinal);
        if (e < 0)
        {
            return shortest;
        }
        int exponent = int.Parse(shortest.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        string digits = shortest[..e].Contains('.') ? shortest[..e] : shortest[..e] + ".0";
        return string.Create(CultureInfo.InvariantCulture, $"{digits}e{exponent:+0;-0}");
    }

    /// <summary>Whether a variant is written as its name alone: it requires nothing, and every key has its default.</summary>
    public static bool IsNameAlone(ValueShape shape, object value, Func<ConfigKey, bool> included) =>
        shape.Kind == ValueKind.Variant && ConfigShape.Of(value.GetType()).Keys.Where(included).All(
            key => key.IsDefaultIn(value));

    private static string Record(ValueShape shape, object value)
    {
        if (IsNameAlone(shape, value, static _ => true))
        {
            return Registry.NameOf(value.GetType());
        }
        IEnumerable<string> keys = ConfigShape.Of(value.GetType()).Keys
            .Select(key => $"{key.Name}: {Of(key.Shape, key.ValueIn(value))}");
        return shape.Kind == ValueKind.Variant
            ? $"{{{string.Join(", ", keys.Prepend($"{ConfigShape.NameKey}: {Registry.NameOf(value.GetType())}"))}}}"
            : $"{{{string.Join(", ", keys)}}}";
    }

    /// <summary>Without quotes when no reader can take it for anything but text, otherwise in double quotes.</summary>
    private static string Text(string text)
    {
        bool isPlain = text.Length > 0 && char.IsAsciiLetter(text[0]) && !ScalarReader.IsReserved(text)
            && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '/');
        return isPlain ? text : Quoted(text);
    }

    /// <summary>In double quotes, on one line, with escapes for what a reader might not take or not show.</summary>
    public static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"", text.Length + 8);
        foreach (char c in text)
        {
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\t' => "\\t",
                _ when char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.LineSeparator
                    or UnicodeCategory.ParagraphSeparator || c is '\uFEFF' or '\uFFFE' or '\uFFFF'
                    => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"),
                _ => c.ToString(),
            });
        }
        return quoted.Append('"').ToString();
    }
}
