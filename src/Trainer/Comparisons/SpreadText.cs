using System.Globalization;

namespace Trainer.Comparisons;

/// <summary>
/// Means with their spread, as they are rounded for people: the standard deviation to one digit, to two where the first is a 1, and
/// the mean to the same place. Fractions stand in percent.
/// </summary>
internal static class SpreadText
{
    /// <summary>What stands where nothing was measured.</summary>
    public const string Missing = "-";

    private const int MostDecimals = 6;
    private const int PercentDecimals = 2;
    private const int LoneDigits = 4;
    private const int DigitsOfWidth = 20;

    /// <summary>"87.9 ± 0.6"; with fewer values than runs "2.5 ± 0.7 (2 of 3)".</summary>
    public static string Of(ComparedGroup group, ComparedColumn column)
    {
        int runs = group.Counted.Count;
        if (group.Spreads[column.Key] is not { } spread)
        {
            return runs > 0 && column.Key == RunColumns.EpochsToTarget ? $"0 of {Text(runs)}" : Missing;
        }
        string text = Of(spread, column);
        return spread.Count == runs ? text : $"{text} ({Text(spread.Count)} of {Text(runs)})";
    }

    /// <summary>"87.9 ± 0.6", or the mean alone of a single value.</summary>
    public static string Of(Spread spread, ComparedColumn column)
    {
        double scale = Scale(column);
        double mean = scale * spread.Mean;
        if (scale * spread.StandardDeviation is not { } deviation)
        {
            return Number(mean, LoneDecimals(mean, column));
        }
        if (deviation == 0)
        {
            return $"{Number(mean, LoneDecimals(mean, column))} ± 0";
        }
        int decimals = Decimals(deviation);
        return $"{Number(mean, decimals)} ± {Number(deviation, decimals)}";
    }

    /// <summary>A difference with its sign, to the place that the width of its interval says.</summary>
    public static string Difference(double difference, double? width, ComparedColumn column) =>
        Signed(Scale(column) * difference, Scale(column) * width, column);

    /// <summary>The title with the unit of its numbers.</summary>
    public static string Title(ComparedColumn column) => column.IsFraction ? column.Title + " (%)" : column.Title;

    /// <summary>The unit of a difference: accuracies differ by points of percent.</summary>
    public static string DifferenceUnit(ComparedColumn column) => column.IsFraction ? " points" : "";

    private static double Scale(ComparedColumn column) => column.IsFraction ? 100 : 1;

    private static string Signed(double difference, double? width, ComparedColumn column)
    {
        string text = Number(difference, width is > 0 ? Decimals(width.Value / DigitsOfWidth) : LoneDecimals(difference, column));
        return difference > 0 ? "+" + text : text;
    }

    private static int Decimals(double deviation)
    {
        int exponent = (int)Math.Floor(Math.Log10(deviation));
        bool startsWithOne = deviation / Math.Pow(10, exponent) < 1.95;
        return Math.Clamp((startsWithOne ? 1 : 0) - exponent, 0, MostDecimals);
    }

    private static int LoneDecimals(double value, ComparedColumn column) =>
        column.IsFraction ? PercentDecimals
        : value == Math.Round(value) ? 0
        : Math.Clamp(LoneDigits - 1 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, MostDecimals);

    private static string Number(double value, int decimals) => value.ToString("F" + Text(decimals), CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
