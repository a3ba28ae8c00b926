using Trainer.Benchmarks.Cases;
using Trainer.Benchmarks.Gpu;
using Trainer.Benchmarks.Reports;

namespace Trainer.Tests.Benchmarks;

public class ShareTableTests
{
    private static readonly EpochFacts Epoch = new(640, 10, 71, 0.002, new EpochWork(Operations: 4e6, Bytes: 2e6, Links: 1000));
    private static readonly GpuCeilings Ceilings = new(Operations: 1e9, Bytes: 1e9, Link: 1e-6);

    [Fact]
    public void Times_AreOfAStep_AndSharesOfTheEpoch()
    {
        ShareRow row = ShareTable.Row(Ratios(ours: 0.04, noRows: 0.012, host: 0.004), Epoch, Ceilings)!;
        Assert.Equal((0.02, 2000.0), (row.EpochSeconds, row.StepUs));
        Assert.Equal((200.0, 0.1), (row.HostUs, row.HostShare));
        Assert.Equal((400.0, 0.2), (row.LaunchUs, row.LaunchShare));
        Assert.Equal((400.0, 0.2), (row.ArithmeticUs!.Value, row.ArithmeticShare!.Value));
        Assert.Equal((200.0, 0.1), (row.MemoryUs!.Value, row.MemoryShare!.Value));
        Assert.Equal((100.0, 0.05), (row.ChainUs!.Value, row.ChainShare!.Value));
        Assert.Equal((7.1, 2.0), (row.LaunchesPerStep, row.OrderMs));
    }

    [Fact]
    public void Waiting_IsWhatTheLargestFloorLeaves_BecauseFloorsOverlap() =>
        Assert.Equal(1 - 0.1 - 0.2 - 0.2, ShareTable.Row(Ratios(0.04, 0.012, 0.004), Epoch, Ceilings)!.WaitingShare!.Value, 10);

    [Fact]
    public void WithoutCeilings_NoFloorIsClaimed()
    {
        ShareRow row = ShareTable.Row(Ratios(0.04, 0.012, 0.004), Epoch, null)!;
        Assert.Equal((null, null, null, null), (row.ArithmeticUs, row.MemoryShare, row.ChainShare, row.WaitingShare));
        Assert.Equal(0.2, row.LaunchShare);
    }

    [Fact]
    public void WhereOnesOwnTimeIsMissing_ThereIsNoLine() =>
        Assert.Null(ShareTable.Row([Ratio(Peer.Ours, null)], Epoch, Ceilings));

    // Values of two epochs.
    private static RatioRow[] Ratios(double ours, double noRows, double host) =>
        [Ratio(Peer.Ours, ours), Ratio(Peer.NoRows, noRows), Ratio(Peer.HostAlone, host)];

    private static RatioRow Ratio(string contestant, double? median) => new()
    {
        Case = "trial",
        Contestant = contestant,
        Status = RatioTable.Measured,
        Unit = "s",
        Median = median,
        Low = median,
        High = median,
        Epochs = 2,
    };
}
