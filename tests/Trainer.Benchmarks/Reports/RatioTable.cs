using Trainer.Benchmarks.Cases;
using Trainer.Benchmarks.Racing;

namespace Trainer.Benchmarks.Reports;

/// <summary>Makes the lines of <c>ratios.csv</c> of a case's rounds.</summary>
/// <param name="item">The case.</param>
/// <param name="rounds">Its rounds, the trial among them.</param>
/// <param name="operations">Floating-point operations of one value; null where there is no such number.</param>
/// <param name="epochs">Epochs in one value; null where that says nothing.</param>
internal sealed class RatioTable(BenchmarkCase item, IReadOnlyList<RoundRow> rounds, double? operations, int? epochs)
{
    /// <summary>Measured: the word in the column status.</summary>
    public const string Measured = "measured";

    private const string Missing = "missing";
    private const string Failed = "failed";
    private const string NotMeasured = "not_measured";
    private const double Giga = 1e9;

    private readonly RoundRow[] _counted = [.. rounds.Where(row => row.Round > 0)];

    /// <summary>Us first, then every peer of the case.</summary>
    /// <param name="isMissing">Whether a peer is not installed.</param>
    /// <param name="accuracy">The test accuracy of a peer's setting; null where there is none.</param>
    public IReadOnlyList<RatioRow> Rows(Func<string, bool> isMissing, Func<string, string, double?> accuracy) =>
        [.. item.Peers.Prepend(Peer.Ours).Select(peer => Row(peer, isMissing(peer), accuracy))];

    private RatioRow Row(string peer, bool isMissing, Func<string, string, double?> accuracy)
    {
        Target? target = item.Targets.GetValueOrDefault(peer);
        RoundRow[]? best = Best(peer);
        var row = new RatioRow { Case = item.Name, Contestant = peer, Status = Status(peer, isMissing), Unit = item.Unit, Target = target?.Text(item.Unit) };
        if (best is null)
        {
            return row;
        }
        Spread values = Spread.Of(best.Select(round => round.Value!.Value))!;
        Spread? ratios = peer == Peer.Ours ? null : Spread.Of(Ratios(best));
        double? share = Spread.Of(Shares(best))?.Median;
        return row with
        {
            Status = Measured,
            Setting = best[0].Setting,
            Rounds = best.Length,
            Median = values.Median,
            Low = values.Low,
            High = values.High,
            Epochs = epochs,
            Ratio = Digits(ratios?.Median),
            RatioLow = Digits(ratios?.Low),
            RatioHigh = Digits(ratios?.High),
            ShareOfPeak = Digits(share),
            TestAccuracy = accuracy(peer, best[0].Setting),
            Met = target?.IsMet(values.Median, ratios?.Median, share) switch { true => "yes", false => "no", null => null },
        };
    }

    /// <summary>The rounds of the peer's setting of the smallest median: what it can do at its best.</summary>
    private RoundRow[]? Best(string peer) => _counted
        .Where(row => row.Contestant == peer && row.Value is not null)
        .GroupBy(row => row.Setting)
        .MinBy(setting => Spread.Of(setting.Select(row => row.Value!.Value))!.Median)?
        .ToArray();

    private IEnumerable<double> Ratios(RoundRow[] theirs) =>
        from own in Best(Peer.Ours) ?? []
        join their in theirs on own.Round equals their.Round
        select their.Value!.Value / own.Value!.Value;

    private IEnumerable<double> Shares(RoundRow[] theirs) =>
        from row in theirs
        let peak = row.Contestant == Peer.OursOnOneThread ? row.PeakGflopsOneThread : row.PeakGflops
        let share = operations / row.Value / (peak * Giga)
        where share is not null
        select share ?? 0;

    private string Status(string peer, bool isMissing) =>
        isMissing ? Missing : rounds.Any(row => row.Contestant == peer) ? NotMeasured : Failed;

    private static double? Digits(double? value) => value is { } number ? Math.Round(number, 4) : null;
}
