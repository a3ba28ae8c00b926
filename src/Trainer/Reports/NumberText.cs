using System.Globalization;
using Trainer.Comparisons;

namespace Trainer.Reports;

/// <summary>How a column of numbers is written: all with the same decimals, so that they stand below each other.</summary>
/// <param name="isFraction">Whether it is written in percent.</param>
/// <param name="decimals">Decimals.</param>
internal sealed class NumberText(bool isFraction, int decimals)
{
    private const int PercentDecimals = 2;

    /// <summary>What stands where there is nothing.</summary>
    public const string Missing = "\u2013";

    /// <summary>The unit behind a number, with its space.</summary>
    public string Unit => isFraction ? "\u00A0%" : "";

    /// <summary>How the numbers of a column are written.</summary>
    public static NumberText Of(ComparedColumn column, IEnumerable<double?> values)
    {
        if (column.IsFraction)
        {
            return new NumberText(true, PercentDecimals);
        }
        double[] present = [.. values.OfType<double>().Where(double.IsFinite).Select(Math.Abs)];
        double largest = present.DefaultIfEmpty(0).Max();
        bool whole = present.All(value => value == Math.Floor(value));
        return new NumberText(false, (whole, largest) switch
        {
            (true, _) => 0,
            (_, >= 1000) => 0,
            (_, >= 100) => 1,
            (_, >= 10) => 2,
            _ => 4,
        });
    }

    /// <summary>The exact number, which reads back to the same bits.</summary>
    public static string Exact(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>The number with its unit.</summary>
    public string Of(double? value) => value is { } number ? Digits(number) + Unit : Missing;

    /// <summary>The number without its unit.</summary>
    public string Digits(double value) =>
        double.IsFinite(value) ? (isFraction ? 100 * value : value).ToString("F" + Decimals(value), CultureInfo.InvariantCulture) : value.ToString(CultureInfo.InvariantCulture);

    /// <summary>The number with its unit and its sign.</summary>
    public string Signed(double value) => (value > 0 ? "+" : "") + Digits(value).Replace('-', '\u2212') + (isFraction ? "\u00A0points" : "");

    // A mean of whole numbers is none.
    private int Decimals(double value) => decimals == 0 && value != Math.Floor(value) && Math.Abs(value) < 1000 ? 1 : decimals;
}
