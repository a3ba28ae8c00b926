using CsvHelper;

namespace Trainer.Benchmarks.Reports;

/// <summary>One line of <c>ratios.csv</c>: a contestant in a case, in its best setting.</summary>
[CsvRecord]
[CsvOptions(Separator = ',', NewLine = "\n")]
internal sealed partial record RatioRow
{
    [CsvColumn("case")] public required string Case { get; init; }

    [CsvColumn("contestant")] public required string Contestant { get; init; }

    // measured; missing: not installed; failed: it ended with an error; not_measured: this system does not tell.
    [CsvColumn("status")] public required string Status { get; init; }

    [CsvColumn("setting")] public string? Setting { get; init; }

    [CsvColumn("rounds")] public int Rounds { get; init; }

    // Of one round: seconds of so many epochs, or megabytes. low and high are quartiles, of fewer than five rounds the ends.
    [CsvColumn("median")] public double? Median { get; init; }

    [CsvColumn("low")] public double? Low { get; init; }

    [CsvColumn("high")] public double? High { get; init; }

    [CsvColumn("unit")] public required string Unit { get; init; }

    [CsvColumn("epochs")] public int? Epochs { get; init; }

    // Times our own value, round by round; more than 1 is slower than we are.
    [CsvColumn("ratio")] public double? Ratio { get; init; }

    [CsvColumn("ratio_low")] public double? RatioLow { get; init; }

    [CsvColumn("ratio_high")] public double? RatioHigh { get; init; }

    // Of the fma peak of the threads in use, measured in the same round.
    [CsvColumn("share_of_peak")] public double? ShareOfPeak { get; init; }

    [CsvColumn("test_accuracy")] public double? TestAccuracy { get; init; }

    [CsvColumn("target")] public string? Target { get; init; }

    [CsvColumn("met")] public string? Met { get; init; }
}
