using CsvHelper;

namespace Trainer.Benchmarks.Growth;

/// <summary>One line of <c>growth.csv</c>.</summary>
[CsvRecord]
[CsvOptions(Separator = ',', NewLine = "\n")]
internal sealed partial record GrowthRow
{
    [CsvColumn("sweep")] public required string Sweep { get; init; }

    [CsvColumn("x")] public required double X { get; init; }

    [CsvColumn("network")] public required string Network { get; init; }

    [CsvColumn("batch_size")] public required int BatchSize { get; init; }

    [CsvColumn("threads")] public required int Threads { get; init; }

    [CsvColumn("rows")] public required int Rows { get; init; }

    // Of training, for each row: the median of some slices of an epoch, and the quartiles.
    [CsvColumn("microseconds_per_row")] public required double Median { get; init; }

    [CsvColumn("low")] public required double Low { get; init; }

    [CsvColumn("high")] public required double High { get; init; }

    // What the arithmetic alone would take at the fma peak of so many threads.
    [CsvColumn("microseconds_at_peak")] public required double AtPeak { get; init; }
}
