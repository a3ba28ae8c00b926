using System.Globalization;
using System.Text.Json.Serialization;
using Trainer.Results;

namespace Trainer.Listings;

/// <summary>How the metrics of two runs compare.</summary>
/// <param name="FirstEpoch">The first epoch at which they are not the same; null where all common ones are.</param>
/// <param name="Columns">The columns that differ there.</param>
/// <param name="CommonEpochs">How many epochs both have, the untrained network counted.</param>
/// <param name="Epochs">How many epochs each has.</param>
internal sealed record MetricsDifference(int? FirstEpoch, IReadOnlyList<string> Columns, int CommonEpochs, IReadOnlyList<int> Epochs)
{
    private static readonly (string Name, Func<MetricsRow, object?> Of)[] All =
    [
        ("step", row => row.Step),
        .. RunFields.Metrics.Select(column => (column.Key, (Func<MetricsRow, object?>)(row => column.Value(row)))),
        ("digest", row => row.Digest),
    ];

    /// <summary>In a line.</summary>
    [JsonIgnore]
    public string Sentence => FirstEpoch is { } epoch
        ? $"metrics.csv: first differ at epoch {epoch.ToString(CultureInfo.InvariantCulture)}, in {string.Join(", ", Columns)}"
        : Epochs[0] == Epochs[1] ? $"metrics.csv: the same, to the last of {CommonEpochs} lines"
        : $"metrics.csv: the same in the {CommonEpochs} lines that both have, of {Epochs[0]} and {Epochs[1]}";

    /// <summary>Compares epoch by epoch, bit by bit.</summary>
    public static MetricsDifference Of(IReadOnlyList<MetricsRow> first, IReadOnlyList<MetricsRow> second)
    {
        int[] epochs = [first.Count, second.Count];
        foreach ((MetricsRow one, MetricsRow other) in first.Zip(second))
        {
            string[] columns = [.. All.Where(column => !Equals(column.Of(one), column.Of(other))).Select(column => column.Name)];
            if (columns.Length > 0)
            {
                return new MetricsDifference(one.Epoch, columns, epochs.Min(), epochs);
            }
        }
        return new MetricsDifference(null, [], epochs.Min(), epochs);
    }
}
