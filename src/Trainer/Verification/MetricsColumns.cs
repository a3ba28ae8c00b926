using System.Globalization;
using Trainer.Listings;
using Trainer.Results;

namespace Trainer.Verification;

/// <summary>The columns of <c>metrics.csv</c> behind the epoch, as their text.</summary>
internal static class MetricsColumns
{
    private const string Empty = "(empty)";

    /// <summary>Name and text of each.</summary>
    public static IReadOnlyList<(string Name, Func<MetricsRow, string> Text)> All { get; } =
    [
        ("step", row => row.Step.ToString(CultureInfo.InvariantCulture)),
        .. RunFields.Metrics.Select(column => (column.Key, (Func<MetricsRow, string>)(row => Text(column.Value(row))))),
        ("digest", row => row.Digest is { Length: > 0 } digest ? digest : Empty),
    ];

    /// <summary>A number as files have it.</summary>
    public static string Text(double? value) => value is { } number ? number.ToString("R", CultureInfo.InvariantCulture) : Empty;
}
