using System.Globalization;

namespace Trainer.Comparisons;

/// <summary>
/// Means with their spread, as they are rounded for people: the standard deviation to two digits at most, and the mean to the same
/// place. Fractions stand in percent.
/// </summary>
internal static class SpreadText
{
    /// <summary>What stands where nothing was measured.</summary>
    public const string Missing = "-";

    private const int MostDecimals = 6;
    private const int PercentDecimals = 2;
    private const int LoneDigits = 4;
    private const int DigitsOfWidth = 20;

    /// <summary>"87.91 ± 0.61"; with fewer values than runs "2.50 ± 0.71 (2 of 3)".</summary>
    public static string Of(ComparedGroup group, ComparedColumn column) => Parts(group, column).ToString();

    /// <summary>"87.91 ± 0.61", or the mean alone of a single value.</summary>
    public static string Of(Spread spread, ComparedColumn column) => Parts(spread, column).ToString();

    /// <summary>What <see cref="Of(ComparedGroup, ComparedColumn)"/> is made of.</summary>
    public static MeanText Parts(ComparedGroup group, ComparedColumn column)
    {
        int runs = group.Counted.Count;
        if (group.Spreads.GetValueOrDefault(column.Key) is not { } spread)
        {
            return new MeanText(runs > 0 && column.Key == RunColumns.EpochsToTarget ? $"0 of {Text(runs)}" : Missing, null);
        }
        MeanText text = Parts(spread, column);
        return spread.Count == runs ? text : text with { Note = $" ({Text(spread.Count)} of {Text(runs)})" };
    }

    /// <summary>What <see cref="Of(Spread, ComparedColumn)"/> is made of.</summary>
    public static MeanText Parts(Spread spread, ComparedColumn column)
    {
        double scale = Scale(column);
        double mean = scale * spread.Mean;
        int lone = LoneDecimals(mean, column);
        if (scale * spread.StandardDeviation is not { } deviation)
        {
            return new MeanText(Number(mean, lone), null);
        }
        if (deviation == 0)
        {
            // A count of parameters or epochs that is the same in all runs needs no spread.
            return new MeanText(Number(mean, lone), column.HigherIsBetter is null && lone == 0 ? null : "0");
        }
        // A second digit that images cannot show is none: of 10,000 one is 0.01 %.
        int decimals = column.IsFraction ? Math.Max(Math.Min(Decimals(deviation, 2), PercentDecimals), Decimals(deviation, 1)) : Decimals(deviation, 2);
        return new MeanText(Number(mean, decimals), Number(deviation, decimals));
    }

    /// <summary>A difference with its sign, to the place that the width of its interval says.</summary>
    public static string Difference(double difference, double? width, ComparedColumn column) =>
        Signed(Scale(column) * difference, Scale(column) * width, column);

    /// <summary>The title with the unit of its numbers.</summary>
    public static string Title(ComparedColumn column) => column.IsFraction ? column.Title + " (%)" : column.Title;

    /// <summary>The unit of a difference: accuracies differ by points of percent.</summary>
    public static string DifferenceUnit(ComparedColumn column) => column.IsFraction ? " points" : column.Key == RunColumns.Seconds ? " s" : "";

    private static double Scale(ComparedColumn column) => column.IsFraction ? 100 : 1;

    private static string Signed(double difference, double? width, ComparedColumn column)
    {
        string text = Number(difference, width is > 0 ? OneOrTwoDigits(width.Value / DigitsOfWidth) : LoneDecimals(difference, column));
        return difference > 0 ? "+" + text : text;
    }

    private static int OneOrTwoDigits(double deviation) =>
        Decimals(deviation, deviation / Math.Pow(10, Math.Floor(Math.Log10(deviation))) < 1.95 ? 2 : 1);

    /// <summary>The decimals with which a number has so many digits, its rounding up to the next power of ten thought of.</summary>
    private static int Decimals(double deviation, int digits)
    {
        int exponent = (int)Math.Floor(Math.Log10(deviation));
        exponent += Math.Round(deviation / Math.Pow(10, exponent), digits - 1, MidpointRounding.AwayFromZero) >= 10 ? 1 : 0;
        return Math.Clamp(digits - 1 - exponent, 0, MostDecimals);
    }

    private static int LoneDecimals(double value, ComparedColumn column) =>
        column.IsFraction ? PercentDecimals
        : value == Math.Round(value) ? 0
        : Math.Clamp(LoneDigits - 1 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, MostDecimals);

    private static string Number(double value, int decimals)
    {
        string text = value.ToString("F" + Text(decimals), CultureInfo.InvariantCulture);
        return text.StartsWith('-') && text.All(letter => letter is '-' or '.' or '0') ? text[1..] : text;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
