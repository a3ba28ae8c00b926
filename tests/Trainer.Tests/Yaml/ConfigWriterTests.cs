using System.Security.Cryptography;
using System.Text;
using Trainer.Yaml;

namespace Trainer.Tests.Yaml;

public class ConfigWriterTests
{
    private static readonly SampleExperiment Sample = new() { Optimizer = new SampleAdam { Lr = 1e-3 } };

    [Fact]
    public void Write_GivesEveryKey_InTheOrderOfDeclaration() => Assert.Equal(
        """
        name: run
        model:
          hidden: [128, 64]
          activation: relu
        optimizer:
          name: adam
          lr: 0.001
          weight_decay: 0.01
          betas: [0.9, 0.999]
          eps: 1.0e-8
        batch_size: 64
        epochs: 20
        seed: 1
        data:
          source: auto
          validation: 0
          folder: null
        device: auto
        evaluate_train: true
        clip_norm: null
        note: null
        schedule: null
        mixing: null

        """.ReplaceLineEndings("\n"),
        ConfigWriter.Write(Sample));

    [Fact]
    public void Write_NamesAKindAlone_OnlyWhileEveryKeyHasItsDefault()
    {
        Assert.Contains("  activation: leaky-relu\n", Written(new SampleLeakyRelu()));
        Assert.Contains("  activation:\n    name: leaky-relu\n    slope: 0.2\n", Written(new SampleLeakyRelu { Slope = 0.2 }));

        static string Written(SampleActivation activation) =>
            ConfigWriter.Write(Sample with { Model = new SampleModel { Activation = activation } });
    }

    public static TheoryData<string> RoundTripTexts => new()
    {
        "optimizer: {name: sgd, lr: 0.1}",
        "optimizer: {name: adam, lr: 3e-4, betas: [0.1, 0.2], eps: 1e-300}\nmodel: {hidden: []}",
        "optimizer: {name: sgd, lr: 1.7976931348623157e308, weight_decay: -0.0, momentum: 0.1}\nseed: 18446744073709551615",
        "optimizer: {name: sgd, lr: 5e-324, nesterov: true}\nclip_norm: 123456789012345678\nschedule: {name: cosine, final: 0.3}",
        "optimizer: {name: sgd, lr: 1}\nschedule: {name: steps, at: [3, -4, 2147483647]}\nmixing: {alpha: 0.3, on: cuda}",
        "optimizer: {name: sgd, lr: 1}\nmodel: {activation: {name: leaky-relu, slope: 0}}\ndata: {source: fashion-mnist, folder: a b}",
    };

    [Theory]
    [MemberData(nameof(RoundTripTexts))]
    public void Write_ReadsBackAsTheSameRecord(string text)
    {
        SampleExperiment read = ConfigReader.ReadText<SampleExperiment>(text, "c.yaml");
        string written = ConfigWriter.Write(read);
        SampleExperiment again = ConfigReader.ReadText<SampleExperiment>(written, "written.yaml");
        Assert.Equal(written, ConfigWriter.Write(again));
        // Records compare lists by reference; with the same lists they compare by value.
        Assert.Equal(
            read with { Model = again.Model, Optimizer = again.Optimizer, Schedule = again.Schedule },
            again);
        Assert.Equal(read.Model.Hidden, again.Model.Hidden);
        Assert.Equal(read.Model.Activation, again.Model.Activation);
        Assert.Equal(BitConverter.DoubleToInt64Bits(read.Optimizer.Lr), BitConverter.DoubleToInt64Bits(again.Optimizer.Lr));
    }

    [Theory]
    [InlineData("relu")]
    [InlineData("configs/relu-2_x.yaml")]
    [InlineData("")]
    [InlineData(" padded ")]
    [InlineData("null")]
    [InlineData("True")]
    [InlineData("no")]
    [InlineData("~")]
    [InlineData("0.1")]
    [InlineData("1e-3")]
    [InlineData("2024-01-01")]
    [InlineData("12:30")]
    [InlineData("a: b # c")]
    [InlineData("- a")]
    [InlineData("'single' \"double\" \\ back")]
    [InlineData("two\nlines\tand a tab")]
    [InlineData("caf\u00e9 \u4e2d\u6587 \U0001F455")]
    [InlineData("[1, 2]")]
    [InlineData("&anchor")]
    public void Write_KeepsTextAsItIs(string text)
    {
        string written = ConfigWriter.Write(Sample with { Note = text });
        Assert.Equal(text, ConfigReader.ReadText<SampleExperiment>(written, "c.yaml").Note);
    }

    [Theory]
    [InlineData(0.1, "0.1")]
    [InlineData(1e-3, "0.001")]
    [InlineData(1e-5, "1.0e-5")]
    [InlineData(2.5e-8, "2.5e-8")]
    [InlineData(1e20, "1.0e+20")]
    [InlineData(3, "3")]
    [InlineData(0.30000000000000004, "0.30000000000000004")]
    public void Number_HasTheFewestDigitsThatReadBack(double value, string text) => Assert.Equal(text, FlowText.Number(value));

    [Fact]
    public void Identity_LeavesOutWhatDoesNotChangeTheExperiment()
    {
        string identity = ConfigWriter.Identity(Sample with { Mixing = new SampleMixing { Alpha = 0.3 } });
        string[] left = ConfigWriter.Write(Sample with { Mixing = new SampleMixing { Alpha = 0.3 } })
            .Split('\n').Except(identity.Split('\n')).ToArray();
        Assert.Equal(["seed: 1", "  folder: null", "device: auto", "  on: cpu"], left);
    }

    [Fact]
    public void ConfigHash_IsTheBeginningOfTheIdentitysSha256()
    {
        byte[] digest = SHA256.HashData(Encoding.UTF8.GetBytes(ConfigWriter.Identity(Sample)));
        Assert.Equal(Convert.ToHexString(digest)[..8].ToLowerInvariant(), ConfigHash.Of(Sample));
    }

    [Fact]
    public void ConfigHash_TellsExperimentsApart_ButNotSeedsOrSpellings()
    {
        string hash = ConfigHash.Of(Sample);
        Assert.Equal(hash, ConfigHash.Of(Sample with { Seed = 2, Device = SampleDevice.Cuda }));
        Assert.Equal(hash, ConfigHash.Of(ConfigReader.ReadText<SampleExperiment>(
            "{epochs: 20, optimizer: {lr: .001, name: adam-2015}, model: {activation: {name: relu}}}", "c.yaml")));
        Assert.NotEqual(hash, ConfigHash.Of(Sample with { Epochs = 21 }));
        Assert.NotEqual(hash, ConfigHash.Of(Sample with { Optimizer = new SampleAdam { Lr = 2e-3 } }));
        Assert.NotEqual(hash, ConfigHash.Of(Sample with { Model = new SampleModel { Hidden = [64, 128] } }));
    }
}
