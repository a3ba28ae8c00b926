using Trainer.Benchmarks.Cases;
using Trainer.Failures;

namespace Trainer.Tests.Benchmarks;

public class CaseCatalogTests
{
    [Fact]
    public void Names_AreUnique() => Assert.Distinct(CaseCatalog.All.Select(item => item.Name));

    [Fact]
    public void NamedCases_ComeInTheCataloguesOrder() =>
        Assert.Equal(["sgd", "adam"], CaseCatalog.Named("adam, sgd").Select(item => item.Name));

    [Fact]
    public void AnUnknownName_IsRefusedWithTheNearestOne()
    {
        var failure = Assert.Throws<ConfigException>(() => CaseCatalog.Named("sgd,adma"));
        Assert.StartsWith("--cases: 'adma' is not known; did you mean 'adam'? known: sgd, ", failure.Message);
    }

    [Fact]
    public void EveryTarget_IsAboutSomebodyWhoTakesPart() => Assert.All(
        CaseCatalog.All, item => Assert.Subset(new HashSet<string>([Peer.Ours, .. item.Peers]), new HashSet<string>(item.Targets.Keys)));
}
