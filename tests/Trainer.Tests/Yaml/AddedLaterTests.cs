using Trainer.Configuration;
using Trainer.Data;
using Trainer.Runs;
using Trainer.Yaml;

namespace Trainer.Tests.Yaml;

/// <summary>A key that came later changes neither the text nor the hash of a configuration that does not use it.</summary>
public class AddedLaterTests
{
    [Fact]
    public void Key_AtItsDefault_IsInNeitherTextNorIdentity_HoweverItIsSpelled()
    {
        const string old = "depth: 2\n";
        foreach (string text in (string[])["depth: 2", "{depth: 2, kind: plain}", "{kind: {name: plain, rate: 1}, depth: 2, tuning: null}"])
        {
            Sample read = ConfigReader.ReadText<Sample>(text, "c.yaml");
            Assert.Equal((old, old), (ConfigWriter.Write(read), ConfigWriter.Identity(read)));
        }
    }

    [Theory]
    [InlineData("kind: fancy", "kind: fancy\ndepth: 2\n")]
    [InlineData("kind: {name: plain, rate: 2}", "kind:\n  name: plain\n  rate: 2\ndepth: 2\n")]
    [InlineData("tuning: {amount: 3}", "depth: 2\ntuning:\n  amount: 3\n")]
    [InlineData("tuning: {amount: 0}", "depth: 2\ntuning:\n  amount: 0\n")]
    public void Key_WithAnotherValue_IsInBoth_AndReadsBack(string more, string expected)
    {
        Sample read = ConfigReader.ReadText<Sample>($"depth: 2\n{more}", "c.yaml");
        Assert.Equal((expected, expected), (ConfigWriter.Write(read), ConfigWriter.Identity(read)));
        Assert.Equal(read, ConfigReader.ReadText<Sample>(expected, "written.yaml"));
        Assert.NotEqual(ConfigHash.Of(new Sample { Depth = 2 }), ConfigHash.Of(read));
    }

    [Fact]
    public void Key_ThatIsRequired_CannotComeLater() => Assert.Contains(
        "came later", Assert.Throws<InvalidOperationException>(() => ConfigShape.Of(typeof(Impossible))).Message);

    [Theory]
    [InlineData("relu", "5c5c7088")]
    [InlineData("sigmoid", "96f9e7ab")]
    [InlineData("momentum", "ba6788f5")]
    [InlineData("three-hidden", "1a063eed")]
    [InlineData("adam", "a185e48f")]
    [InlineData("relu-momentum", "3851cd4e")]
    public void Hash_OfAShippedConfiguration_IsWhatItWasInTheFirstRuns(string name, string hash)
    {
        Experiment experiment = ConfigReader.Read<Experiment>(RepositoryRoot.In("configs", $"{name}.yaml"));
        Assert.Equal(hash, ConfigHash.Of(experiment with { Data = new DataChoice { Source = DataSource.FashionMnist } }));
        Assert.DoesNotContain("schedule", ConfigWriter.Write(experiment));
    }

    private sealed record Sample
    {
        [AddedLater]
        public Kind Kind { get; init; } = new Plain();

        public required int Depth { get; init; }

        [AddedLater]
        public Tuning? Tuning { get; init; }
    }

    private abstract record Kind;

    [ConfigName("plain")]
    private sealed record Plain : Kind
    {
        public double Rate { get; init; } = 1;
    }

    [ConfigName("fancy")]
    private sealed record Fancy : Kind;

    private sealed record Tuning
    {
        public required int Amount { get; init; }
    }

    private sealed record Impossible
    {
        [AddedLater]
        public required int Depth { get; init; }
    }
}
