using Trainer.Benchmarks.Cases;
using Trainer.Failures;

namespace Trainer.Tests.Benchmarks;

public class GpuCaseCatalogTests
{
    [Fact]
    public void Names_AreUnique() => Assert.Distinct(GpuCaseCatalog.All.Select(item => item.Name));

    [Fact]
    public void EveryNetwork_MeetsEveryRuleAtEveryBatch()
    {
        Assert.Equal(2 * 3 * 7, GpuCaseCatalog.Trainings.Count);
        Assert.Distinct(GpuCaseCatalog.Trainings.Select(item => (string.Join('-', item.Training.Hidden), item.Training.Optimizer, item.Training.BatchSize)));
        Assert.All(GpuCaseCatalog.Trainings, item => Assert.Contains(Peer.PytorchEager, item.Peers));
    }

    [Fact]
    public void OneTo64Networks_AreTrainedSideBySide() => Assert.All(
        GpuCaseCatalog.SideBySide,
        item => Assert.Equal([2, 4, 8, 16, 32, 64], item.Peers.Select(peer => GpuCaseCatalog.NetworksOf(peer) ?? 0)));

    [Fact]
    public void TheQuickCases_AreThoseThatTargetsAreAbout() =>
        Assert.Equal([GpuCaseCatalog.Main, GpuCaseCatalog.MainSideBySide], GpuCaseCatalog.Quick.Select(item => item.Name));

    [Fact]
    public void AnUnknownName_IsRefusedWithTheNearestOne()
    {
        var failure = Assert.Throws<ConfigException>(() => CaseCatalog.Named("128-64-sdg-64", GpuCaseCatalog.All));
        Assert.StartsWith("--cases: '128-64-sdg-64' is not known; did you mean '128-64-sgd-64'?", failure.Message);
    }
}
