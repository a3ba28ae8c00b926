using Trainer.Listings;
using Trainer.Results;

namespace Trainer.Watch;

/// <summary>The answer to "what are a run's curves": columns of its <c>metrics.csv</c> as far as it is written.</summary>
/// <param name="Id">The run.</param>
/// <param name="Epochs">The epochs.</param>
/// <param name="Columns">By column a value an epoch; null where nothing was measured, or no finite number.</param>
internal sealed record WatchedCurves(string Id, IReadOnlyList<int> Epochs, IReadOnlyDictionary<string, IReadOnlyList<double?>> Columns)
{
    /// <summary>The curves of <paramref name="rows"/>, without columns that are empty throughout.</summary>
    public static WatchedCurves Of(string id, IReadOnlyList<MetricsRow> rows) => new(
        id,
        [.. rows.Select(row => row.Epoch)],
        RunFields.Metrics
            .Select(column => (column.Key, Values: (IReadOnlyList<double?>)[.. rows.Select(row => column.Value(row) is { } value && double.IsFinite(value) ? value : (double?)null)]))
            .Where(column => column.Values.Any(value => value is not null))
            .ToDictionary(column => column.Key, column => column.Values, StringComparer.Ordinal));
}
