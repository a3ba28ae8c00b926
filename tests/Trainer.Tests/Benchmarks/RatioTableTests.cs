using Trainer.Benchmarks.Cases;
using Trainer.Benchmarks.Racing;
using Trainer.Benchmarks.Reports;

namespace Trainer.Tests.Benchmarks;

public class RatioTableTests
{
    private static readonly BenchmarkCase Item = new()
    {
        Name = "trial",
        Title = "a trial",
        Peers = [Peer.Pytorch, Peer.Numpy],
        Targets = new Dictionary<string, Target> { [Peer.Ours] = Target.Share(0.5), [Peer.Pytorch] = Target.Ratio(3) },
    };

    [Fact]
    public void Ratio_IsTheMedianOfTheRoundsOwnRatios_NotTheRatioOfTheMedians()
    {
        RatioRow pytorch = Rows(
            Round(Peer.Ours, "", 1, 1), Round(Peer.Ours, "", 2, 10), Round(Peer.Ours, "", 3, 2),
            Round(Peer.Pytorch, "a", 1, 2), Round(Peer.Pytorch, "a", 2, 40), Round(Peer.Pytorch, "a", 3, 5))[1];
        Assert.Equal(2.5, pytorch.Ratio);
        Assert.Equal(2, pytorch.RatioLow);
        Assert.Equal(4, pytorch.RatioHigh);
        Assert.Equal(">= 3.0x", pytorch.Target);
        Assert.Equal("no", pytorch.Met);
    }

    [Fact]
    public void APeer_IsJudgedByItsBestSetting()
    {
        RatioRow pytorch = Rows(
            Round(Peer.Ours, "", 1, 1), Round(Peer.Pytorch, "slow", 1, 9), Round(Peer.Pytorch, "fast", 1, 4))[1];
        Assert.Equal("fast", pytorch.Setting);
        Assert.Equal(4, pytorch.Ratio);
        Assert.Equal("yes", pytorch.Met);
    }

    [Fact]
    public void TheTrial_CountsForNothing()
    {
        RatioRow ours = Rows(Round(Peer.Ours, "", 0, 100), Round(Peer.Ours, "", 1, 1))[0];
        Assert.Equal(1, ours.Median);
        Assert.Equal(1, ours.Rounds);
    }

    [Fact]
    public void ShareOfPeak_ComparesWithThePeakOfTheSameRound()
    {
        RatioRow ours = Rows(
            Round(Peer.Ours, "", 1, 1) with { PeakGflops = 10 }, Round(Peer.Ours, "", 2, 2) with { PeakGflops = 5 })[0];
        Assert.Equal(0.6, ours.ShareOfPeak);
        Assert.Equal("yes", ours.Met);
    }

    [Fact]
    public void APeer_ThatIsNotInstalled_HasALineThatSaysSo()
    {
        IReadOnlyList<RatioRow> rows = new RatioTable(Item, [Round(Peer.Ours, "", 1, 1)], null, 1)
            .Rows(peer => peer == Peer.Numpy, (_, _) => null);
        Assert.Equal(["measured", "failed", "missing"], rows.Select(row => row.Status));
        Assert.All(rows.Skip(1), row => Assert.Null(row.Ratio));
    }

    private static IReadOnlyList<RatioRow> Rows(params IReadOnlyList<RoundRow> rounds) =>
        new RatioTable(Item, rounds, 6e9, 1).Rows(_ => false, (_, _) => null);

    private static RoundRow Round(string peer, string setting, int round, double value) => new()
    {
        Case = Item.Name,
        Contestant = peer,
        Setting = setting,
        Round = round,
        Value = value,
        Unit = "s",
    };
}
