using Trainer.Benchmarks.Cases;
using Trainer.Benchmarks.Gpu;
using Trainer.Benchmarks.Reports;

namespace Trainer.Tests.Benchmarks;

public class GpuTargetTests
{
    private const int Whole = 60_000;

    [Fact]
    public void Targets_AreMetAndMissedByTheMainCase()
    {
        IReadOnlyList<TargetRow> targets = TargetRow.All([Ratio(Peer.Ours, 0.06, null), Ratio(Peer.PytorchEager, 0.9, 15)], [Sides(64, 4)], Whole);
        Assert.Equal([20.0, 20, 15, 16], targets.Select(row => row.Value ?? -1));
        Assert.Equal(["met", "missed", "missed", "missed"], targets.Select(row => row.Verdict));
    }

    [Fact]
    public void WhatWasNotMeasured_IsNotJudged() =>
        Assert.All(TargetRow.All([], [], Whole), row => Assert.Equal((null, "not_measured"), (row.Value, row.Verdict)));

    [Fact]
    public void AnEpochOfOtherLength_IsNotJudged() => Assert.All(
        TargetRow.All([Ratio(Peer.Ours, 0.06, null), Ratio(Peer.PytorchEager, 0.9, 15)], [Sides(64, 4)], 1024),
        row => Assert.Equal("not_measured", row.Verdict));

    [Fact]
    public void ModelsPerSecond_GrowByTheNetworksOverTheTime()
    {
        SideBySideRow row = Sides(64, 4);
        Assert.Equal((0.08, 800, 16), (row.EpochSeconds, row.ModelsPerSecond, row.TimesOne));
        Assert.Equal((12.8, 32), (row.TimesOneLow, row.TimesOneHigh));
        Assert.Equal(50, row.OrderMs);
    }

    [Fact]
    public void OneNetwork_IsTimesOneItself() => Assert.Equal(1, SideBySideRow.Of(Ratio(Peer.Ours, 0.06, null), 1, Whole, null).TimesOne);

    [Fact]
    public void TooManyNetworks_HaveALineThatSaysSo()
    {
        SideBySideRow row = SideBySideRow.Of(Ratio("64 networks", null, null) with { Status = "failed", Epochs = null }, 64, Whole, null);
        Assert.Equal(("failed", null, null), (row.Status, row.EpochSeconds, row.TimesOne));
        Assert.Equal(["128-64-sgd-64", "64", "failed", "", ""], GpuConsole.Sides([row])[1]);
    }

    // Values of three epochs; the ratio's spread is from half to one and a quarter of it.
    private static SideBySideRow Sides(int networks, double ratio) => SideBySideRow.Of(
        Ratio(Peer.Networks(networks), 0.24, ratio) with { Case = GpuCaseCatalog.MainSideBySide, RatioLow = ratio / 2, RatioHigh = ratio * 1.25 },
        networks, Whole, 0.05);

    private static RatioRow Ratio(string contestant, double? median, double? ratio) => new()
    {
        Case = GpuCaseCatalog.Main,
        Contestant = contestant,
        Status = RatioTable.Measured,
        Unit = "s",
        Median = median,
        Epochs = 3,
        Ratio = ratio,
    };
}
