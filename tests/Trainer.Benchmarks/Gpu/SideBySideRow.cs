using CsvHelper;

namespace Trainer.Benchmarks.Gpu;

/// <summary>One line of <c>side-by-side.csv</c>: so many networks at a time.</summary>
[CsvRecord]
[CsvOptions(Separator = ',', NewLine = "\n")]
internal sealed partial record SideBySideRow
{
    private const double Millisecond = 1e3;

    [CsvColumn("case")] public required string Case { get; init; }

    [CsvColumn("networks")] public required int Networks { get; init; }

    // measured; failed: the device has too little memory, or refused.
    [CsvColumn("status")] public required string Status { get; init; }

    [CsvColumn("rows")] public required int Rows { get; init; }

    // Of an epoch of all networks.
    [CsvColumn("epoch_seconds")] public double? EpochSeconds { get; init; }

    // Networks that get through an epoch in a second.
    [CsvColumn("models_per_second")] public double? ModelsPerSecond { get; init; }

    // Times the models per second of one network alone, round by round.
    [CsvColumn("times_one")] public double? TimesOne { get; init; }

    [CsvColumn("times_one_low")] public double? TimesOneLow { get; init; }

    [CsvColumn("times_one_high")] public double? TimesOneHigh { get; init; }

    // Drawing the orders of all networks' rows on the host; not part of the epoch's time.
    [CsvColumn("order_ms")] public double? OrderMs { get; init; }

    /// <summary>The line of <paramref name="networks"/> networks.</summary>
    /// <param name="ratio">Their line of <c>ratios.csv</c>.</param>
    /// <param name="networks">How many.</param>
    /// <param name="rows">Rows of an epoch.</param>
    /// <param name="orderSeconds">Seconds in which their orders are drawn.</param>
    public static SideBySideRow Of(Reports.RatioRow ratio, int networks, int rows, double? orderSeconds) => new()
    {
        Case = ratio.Case,
        Networks = networks,
        Status = ratio.Status,
        Rows = rows,
        EpochSeconds = Digits(ratio.Median / ratio.Epochs),
        ModelsPerSecond = Digits(networks * ratio.Epochs / ratio.Median),
        TimesOne = networks == 1 && ratio.Median is not null ? 1 : Digits(networks / ratio.Ratio),
        TimesOneLow = Digits(networks / ratio.RatioHigh),
        TimesOneHigh = Digits(networks / ratio.RatioLow),
        OrderMs = orderSeconds is { } seconds ? Math.Round(seconds * Millisecond, 3) : null,
    };

    private static double? Digits(double? value) => value is { } number ? Math.Round(number, 6) : null;
}
