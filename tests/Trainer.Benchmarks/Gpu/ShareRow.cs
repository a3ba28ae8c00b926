using CsvHelper;

namespace Trainer.Benchmarks.Gpu;

/// <summary>One line of <c>shares.csv</c>: where the time of a case's steps goes. All times but the epoch's are microseconds a step.</summary>
[CsvRecord]
[CsvOptions(Separator = ',', NewLine = "\n")]
internal sealed partial record ShareRow
{
    [CsvColumn("case")] public required string Case { get; init; }

    [CsvColumn("rows")] public required int Rows { get; init; }

    [CsvColumn("steps")] public required int Steps { get; init; }

    [CsvColumn("launches_per_step")] public required double LaunchesPerStep { get; init; }

    // Median over the rounds, and its spread, of an epoch of so many rows.
    [CsvColumn("epoch_seconds")] public required double EpochSeconds { get; init; }

    [CsvColumn("low")] public required double Low { get; init; }

    [CsvColumn("high")] public required double High { get; init; }

    [CsvColumn("step_us")] public required double StepUs { get; init; }

    // The same calls without a launch: copies of the order, the rates and the results.
    [CsvColumn("host_us")] public required double HostUs { get; init; }

    // The same launches with no row to compute, less the host's part.
    [CsvColumn("launch_us")] public required double LaunchUs { get; init; }

    // Arithmetic, memory and chain: what the device would take at its own measured ceilings. They go on at the same time.
    [CsvColumn("arithmetic_us")] public double? ArithmeticUs { get; init; }

    [CsvColumn("memory_us")] public double? MemoryUs { get; init; }

    [CsvColumn("chain_us")] public double? ChainUs { get; init; }

    [CsvColumn("host_share")] public required double HostShare { get; init; }

    [CsvColumn("launch_share")] public required double LaunchShare { get; init; }

    [CsvColumn("arithmetic_share")] public double? ArithmeticShare { get; init; }

    [CsvColumn("memory_share")] public double? MemoryShare { get; init; }

    [CsvColumn("chain_share")] public double? ChainShare { get; init; }

    // What neither host, launches nor the largest of the three floors explains: waiting inside kernels.
    [CsvColumn("waiting_share")] public double? WaitingShare { get; init; }

    // Drawing the order of an epoch's rows on the host; not part of the epoch's time.
    [CsvColumn("order_ms")] public required double OrderMs { get; init; }
}
