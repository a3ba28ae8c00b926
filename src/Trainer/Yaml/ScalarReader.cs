using System.Globalization;
using System.Text.RegularExpressions;

namespace Trainer.Yaml;

/// <summary>
/// What a single written word means. Numbers are those of YAML 1.2's core schema in decimal: <c>3</c>, <c>-0.5</c>,
/// <c>.5</c>, <c>1.</c>, <c>1e-3</c>. Refused because readers disagree about them or because they cannot be meant:
/// <c>1_000</c>, <c>0x10</c>, <c>010</c>, <c>.nan</c>, <c>.inf</c>, what overflows or vanishes, a number in quotes, and
/// <c>yes</c>, <c>no</c>, <c>on</c>, <c>off</c>, <c>True</c> for true and false.
/// </summary>
internal static partial class ScalarReader
{
    /// <summary>The value of a scalar kind; null when <paramref name="problem"/> says why there is none.</summary>
    public static object? Read(ScalarNode node, ValueShape shape, out string problem)
    {
        problem = "";
        if (!node.IsPlain && shape.Kind is not (ValueKind.Text or ValueKind.Choice))
        {
            problem = $"{node.Described} is text, not {shape.Described}; remove the quotes";
            return null;
        }
        (object? value, problem) = shape.Kind switch
        {
            ValueKind.Text => Text(node),
            ValueKind.Integer => Integer(node.Text),
            ValueKind.Unsigned => Unsigned(node.Text),
            ValueKind.Number => Number(node.Text),
            ValueKind.Flag => Flag(node.Text),
            _ => Choice(node, shape),
        };
        return value;
    }

    /// <summary>Whether some YAML reader or other takes a word of letters without quotes for something else than text.</summary>
    public static bool IsReserved(string word) =>
        word.ToLowerInvariant() is "null" or "true" or "false" or "yes" or "no" or "on" or "off" or "y" or "n";

    private static (object?, string) Text(ScalarNode node)
    {
        bool isOther = node.IsPlain && (IsNumberLike().IsMatch(node.Text) || node.Text is "true" or "false");
        return isOther
            ? (null, $"'{Excerpt.Of(node.Text)}' without quotes is not text; write \"{Excerpt.Of(node.Text)}\"")
            : (node.Text, "");
    }

    private static (object?, string) Integer(string text)
    {
        if (!IsWhole(text, out string problem))
        {
            return (null, problem);
        }
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
            ? (value, "")
            : (null, text[0] == '-'
                ? $"'{Excerpt.Of(text)}' is too small; at least {int.MinValue}"
                : $"'{Excerpt.Of(text)}' is too large; at most {int.MaxValue}");
    }

    private static (object?, string) Unsigned(string text)
    {
        if (!IsWhole(text, out string problem))
        {
            return (null, problem);
        }
        return ulong.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out ulong value)
            ? (value, "")
            : (null, $"'{Excerpt.Of(text)}' does not lie between 0 and {ulong.MaxValue}");
    }

    private static (object?, string) Number(string text)
    {
        if (!IsDecimal().IsMatch(text))
        {
            return (null, NotANumber(text, "a number"));
        }
        double value = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (!double.IsFinite(value))
        {
            return (null, $"'{Excerpt.Of(text)}' is too large for a number of 64 bits");
        }
        bool vanished = value == 0 && text.TakeWhile(c => c is not ('e' or 'E')).Any(c => c is >= '1' and <= '9');
        return vanished ? (null, $"'{Excerpt.Of(text)}' is too small for a number of 64 bits; write 0") : (value, "");
    }

    private static (object?, string) Flag(string text) => text switch
    {
        "true" => (true, ""),
        "false" => (false, ""),
        _ => (null, $"'{Excerpt.Of(text)}' is not true or false" + text.ToLowerInvariant() switch
        {
            "yes" or "y" or "on" or "true" or "1" => "; write true",
            "no" or "n" or "off" or "false" or "0" => "; write false",
            _ => "",
        }),
    };

    private static (object?, string) Choice(ScalarNode node, ValueShape shape)
    {
        string? member = Enum.GetNames(shape.Type).FirstOrDefault(name => KeyName.Choice(shape.Type, name) == node.Text);
        return member is null
            ? (null, $"'{Excerpt.Of(node.Text)}' is not known{Suggestion.Ending(node.Text, shape.Names)}")
            : (Enum.Parse(shape.Type, member), "");
    }

    private static bool IsWhole(string text, out string problem)
    {
        if (IsDigits().IsMatch(text))
        {
            problem = "";
            return true;
        }
        problem = NotANumber(text, "a whole number");
        if (IsDecimal().IsMatch(text)
            && double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture) is var value
            && double.IsInteger(value) && Math.Abs(value) < 1e15)
        {
            problem += $"; write {FlowText.Number(value)}";
        }
        return false;
    }

    private static string NotANumber(string text, string expected)
    {
        string quoted = $"'{Excerpt.Of(text)}'";
        if (IsNotFinite().IsMatch(text))
        {
            return $"{quoted} is not a finite number";
        }
        if (text.Length > 1 && text[0] == '0' && text[1] is ('x' or 'X' or 'o' or 'O'))
        {
            return $"{quoted} is not {expected}; write it in decimal";
        }
        if (HasLeadingZero().IsMatch(text))
        {
            return $"{quoted} begins with 0, which some programs read as octal; write it without";
        }
        string mended = text.Contains('_') ? text.Replace("_", "") : text.Replace(',', '.');
        return mended != text && IsDecimal().IsMatch(mended)
            ? $"{quoted} is not {expected}; write {Excerpt.Of(mended)}"
            : $"{quoted} is not {expected}";
    }

    [GeneratedRegex(@"^[-+]?(0|[1-9][0-9]*)\z", RegexOptions.CultureInvariant)]
    private static partial Regex IsDigits();

    [GeneratedRegex(@"^[-+]?((0|[1-9][0-9]*)(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex IsDecimal();

    [GeneratedRegex(@"^[-+]?0[0-9_]+(\.[0-9]*)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex HasLeadingZero();

    [GeneratedRegex(@"^[-+]?\.?(inf|infinity|nan)\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex IsNotFinite();

    /// <summary>What one YAML version or another takes for a number: also <c>1_000</c>, <c>12:30</c> (750), <c>0x1F</c>.</summary>
    [GeneratedRegex(
        @"^[-+]?([0-9][0-9_]*(:[0-5]?[0-9])*(\.[0-9_]*)?([eE][-+]?[0-9]+)?|\.[0-9][0-9_]*([eE][-+]?[0-9]+)?"
        + @"|0[xX][0-9a-fA-F_]+|0[oO][0-7]+|0[bB][01_]+)\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex IsNumberLike();
}
