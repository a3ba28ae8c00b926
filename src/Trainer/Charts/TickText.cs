using System.Globalization;

namespace Trainer.Charts;

/// <summary>Writes the numbers at ticks: as many digits as it takes to tell neighbours apart, and no more.</summary>
internal static class TickText
{
    // Longer than this, a number is written with a power of ten.
    private const int MostDecimals = 6;
    private const double SmallestPlain = 1e-4;
    private const double LargestPlain = 1e6;

    /// <summary>A tick of an axis with ticks at equal distances.</summary>
    public static string Of(double value, RoundStep step, AxisFormat format)
    {
        int exponent = format == AxisFormat.Percent ? step.Exponent + 2 : step.Exponent;
        double shown = format == AxisFormat.Percent ? value * 100 : value;
        string digits = -exponent > MostDecimals || Math.Abs(shown) >= LargestPlain
            ? Scientific(shown)
            : shown.ToString("F" + Math.Max(0, -exponent).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return Finish(digits, format);
    }

    /// <summary>The ticks of a logarithmic axis: all with a power of ten as soon as one needs it.</summary>
    public static IReadOnlyList<Tick> Of(IReadOnlyList<double> values, AxisFormat format)
    {
        double factor = format == AxisFormat.Percent ? 100 : 1;
        bool plain = values.All(value => value * factor is >= SmallestPlain and < LargestPlain);
        return [.. values.Select(value => new Tick(value, Finish(
            plain ? (value * factor).ToString("0.######", CultureInfo.InvariantCulture) : Scientific(value * factor), format)))];
    }

    // Nine digits tell neighbours apart down to the resolution of an axis.
    private static string Scientific(double value) =>
        value == 0 ? "0" : value.ToString("0.########e0", CultureInfo.InvariantCulture);

    private static string Finish(string digits, AxisFormat format) =>
        (digits.StartsWith('-') ? "\u2212" + digits[1..] : digits) + (format == AxisFormat.Percent ? "%" : "");
}
