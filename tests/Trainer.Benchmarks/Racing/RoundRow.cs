using CsvHelper;

namespace Trainer.Benchmarks.Racing;

/// <summary>One line of <c>rounds.csv</c>: one value of one contestant.</summary>
[CsvRecord]
[CsvOptions(Separator = ',', NewLine = "\n")]
internal sealed partial record RoundRow
{
    [CsvColumn("case")] public required string Case { get; init; }

    [CsvColumn("contestant")] public required string Contestant { get; init; }

    [CsvColumn("setting")] public required string Setting { get; init; }

    // 0 is the trial by which settings are chosen; it counts for nothing else.
    [CsvColumn("round")] public required int Round { get; init; }

    // Empty: stopped, because it took several times as long as another setting of the same contestant.
    [CsvColumn("value")] public double? Value { get; init; }

    [CsvColumn("unit")] public required string Unit { get; init; }

    [CsvColumn("peak_gflops")] public double? PeakGflops { get; init; }

    [CsvColumn("peak_gflops_1_thread")] public double? PeakGflopsOneThread { get; init; }

    // Cores that other programs kept busy just before the round.
    [CsvColumn("other_work_cores")] public double? OtherWorkCores { get; init; }
}
