using System.Globalization;

namespace Trainer.Listings;

/// <summary>How values of runs compare: numbers as numbers, times as times, all else as text.</summary>
internal sealed class RunValues : IComparer<string?>
{
    /// <summary>For sorting: what is not there comes last, and text behind numbers.</summary>
    public static RunValues Ascending { get; } = new(1);

    /// <summary>The other way round; what is not there comes last here, too.</summary>
    public static RunValues Descending { get; } = new(-1);

    private readonly int _sign;

    private RunValues(int sign)
    {
        _sign = sign;
    }

    /// <summary>Whether a value can be smaller or larger than another: a number or a date.</summary>
    public static bool IsOrdered(string value) => Number(value) is not null || Time(value) is not null;

    /// <summary>Below 0 where <paramref name="x"/> is less; null where the two are not both numbers or both times.</summary>
    public static int? Order(string x, string y) => (Number(x), Number(y)) switch
    {
        ({ } a, { } b) => a.CompareTo(b),
        (null, null) => (Time(x), Time(y)) is ({ } a, { } b) ? a.CompareTo(b) : null,
        _ => null,
    };

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        if (x is null || y is null)
        {
            return (x is null).CompareTo(y is null);
        }
        return _sign * (Order(x, y) ?? Mixed(x, y));
    }

    private static int Mixed(string x, string y)
    {
        int kind = (Number(x) is null).CompareTo(Number(y) is null);
        return kind != 0 ? kind : string.CompareOrdinal(x, y);
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) ? value : null;

    private static DateTime? Time(string text) => text.Length >= "2026-01-01".Length && char.IsAsciiDigit(text[0])
        && DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTime time)
            ? time
            : null;
}
