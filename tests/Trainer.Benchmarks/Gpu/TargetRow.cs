using CsvHelper;
using Trainer.Benchmarks.Cases;
using Trainer.Benchmarks.Reports;

namespace Trainer.Benchmarks.Gpu;

/// <summary>One line of <c>targets.csv</c>.</summary>
[CsvRecord]
[CsvOptions(Separator = ',', NewLine = "\n")]
internal sealed partial record TargetRow
{
    private const int WholeEpoch = 60_000;
    private const double FirstMilliseconds = 40;
    private const double BestMilliseconds = 15;
    private const double TimesEager = 20;
    private const double TimesOne = 20;
    private const int ManyNetworks = 64;
    private const double Millisecond = 1e3;

    [CsvColumn("target")] public required string Target { get; init; }

    [CsvColumn("bound")] public required string Bound { get; init; }

    // Empty: not measured, be it that a peer is missing or that an epoch had other than 60,000 rows.
    [CsvColumn("value")] public double? Value { get; init; }

    // met, missed, not_measured.
    [CsvColumn("verdict")] public required string Verdict { get; init; }

    /// <summary>What was hoped for, and what came of it.</summary>
    /// <param name="ratios">The lines of <c>ratios.csv</c>.</param>
    /// <param name="sides">The lines of <c>side-by-side.csv</c>.</param>
    /// <param name="rows">Rows of an epoch.</param>
    public static IReadOnlyList<TargetRow> All(IReadOnlyList<RatioRow> ratios, IReadOnlyList<SideBySideRow> sides, int rows)
    {
        RatioRow[] main = rows == WholeEpoch ? [.. ratios.Where(row => row.Case == GpuCaseCatalog.Main)] : [];
        double? epoch = ShareTable.Seconds(main, Peer.Ours) * Millisecond;
        double? eager = main.FirstOrDefault(row => row.Contestant == Peer.PytorchEager)?.Ratio;
        double? many = rows == WholeEpoch
            ? sides.FirstOrDefault(row => row.Case == GpuCaseCatalog.MainSideBySide && row.Networks == ManyNetworks)?.TimesOne
            : null;
        return
        [
            AtMost("epoch of 60,000 at batch 64, SGD", FirstMilliseconds, epoch),
            AtMost("the same, as close as possible to", BestMilliseconds, epoch),
            AtLeast("times PyTorch eager's speed on the same card", TimesEager, eager),
            AtLeast("models per second, 64 side by side to one", TimesOne, many),
        ];
    }

    private static TargetRow AtMost(string target, double bound, double? value) =>
        Row(target, FormattableString.Invariant($"<= {bound} ms"), value, value <= bound);

    private static TargetRow AtLeast(string target, double bound, double? value) =>
        Row(target, FormattableString.Invariant($">= {bound}x"), value, value >= bound);

    private static TargetRow Row(string target, string bound, double? value, bool isMet) => new()
    {
        Target = target,
        Bound = bound,
        Value = value is { } number ? Math.Round(number, 3) : null,
        Verdict = value is null ? "not_measured" : isMet ? "met" : "missed",
    };
}
