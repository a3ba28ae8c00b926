using Trainer.Failures;
using Trainer.Yaml;

namespace Trainer.Tests.Yaml;

public class OverrideTests
{
    private const string Written = """
        model:
          activation: leaky-relu
        optimizer:
          name: sgd
          lr: 0.1
          momentum: 0.9
        seed: 3
        """;

    [Fact]
    public void ReadText_AppliesOverrides_InOrder()
    {
        SampleExperiment read = Read(
            "seed=7", "model.hidden=[32, 16]", "optimizer.lr=1e-3", "seed=8", "device=cpu", "name=\"a = b\"", "clip_norm=null");
        Assert.Equal((8UL, 1e-3, SampleDevice.Cpu, "a = b"), (read.Seed, read.Optimizer.Lr, read.Device, read.Name));
        Assert.Equal([32, 16], read.Model.Hidden);
        Assert.Equal(0.9, Assert.IsType<SampleSgd>(read.Optimizer).Momentum);
    }

    [Fact]
    public void ReadText_MakesMappingsThatAreMissing() =>
        Assert.Equal(new SampleData { Source = SampleSource.FashionMnist, Validation = 0.2 },
            Read("data.source=fashion-mnist", "data.validation=0.2").Data);

    [Fact]
    public void ReadText_TakesAMappingThatHoldsNothing_AsMissing() =>
        Assert.Equal(0.2, ConfigReader.ReadText<SampleExperiment>(Written + "\ndata:", "c.yaml", ["data.validation=0.2"]).Data.Validation);

    [Fact]
    public void ReadText_OpensAShortForm_WhenOneOfItsKeysIsSet() =>
        Assert.Equal(new SampleLeakyRelu { Slope = 0.1 }, Read("model.activation.slope=0.1").Model.Activation);

    [Fact]
    public void ReadText_ReplacesAWholeKind() =>
        Assert.Equal(1e-3, Assert.IsType<SampleAdam>(Read("optimizer={name: adam, lr: 1e-3}").Optimizer).Lr);

    [Fact]
    public void ReadText_SwitchesTheKind_WhenTheOtherKeysFit() =>
        Assert.Equal(0.1, Assert.IsType<SampleAdam>(ConfigReader.ReadText<SampleExperiment>(
            "optimizer: {name: sgd, lr: 0.1}", "c.yaml", ["optimizer.name=adam"]).Optimizer).Lr);

    [Fact]
    public void ReadText_NeverLooksAtWhatAnOverrideReplaces() =>
        Assert.Equal(2, ConfigReader.ReadText<SampleExperiment>("epochs: many\n" + Written, "c.yaml", ["epochs=2"]).Epochs);

    [Theory]
    [InlineData("optimizer.lr=abc", "--set optimizer.lr=abc: optimizer.lr: 'abc' is not a number")]
    [InlineData("optimizer.lr=", "--set optimizer.lr=: optimizer.lr: no value after '='")]
    [InlineData("optimizer.lr=0", "--set optimizer.lr=0: optimizer.lr: must be greater than 0, not 0")]
    [InlineData("optimizer.lr", "--set optimizer.lr: no '='; write --set key=value, e.g. --set optimizer.lr=0.01")]
    [InlineData("=1", "--set =1: '' is no path of keys; write e.g. --set optimizer.lr=0.01, without spaces")]
    [InlineData("optimizer..lr=1",
        "--set optimizer..lr=1: 'optimizer..lr' is no path of keys; write e.g. --set optimizer.lr=0.01, without spaces")]
    [InlineData("seed = 1", "--set 'seed = 1': 'seed ' is no path of keys; write e.g. --set optimizer.lr=0.01, without spaces")]
    [InlineData("a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a=1",
        "--set a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a=1: 'a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a' is no path of keys; "
        + "write e.g. --set optimizer.lr=0.01, without spaces")]
    [InlineData("optimizer.name=adma", "--set optimizer.name=adma: optimizer.name: 'adma' is not known; did you mean 'adam'? known: adam, sgd")]
    [InlineData("data.sauce=auto",
        "--set data.sauce=auto: data.sauce: unknown key; did you mean 'source'? known: source, validation, folder")]
    [InlineData("optimizer={name: adam}",
        "--set 'optimizer={name: adam}': optimizer.lr: missing; add e.g. --set 'optimizer.lr=0.1'")]
    [InlineData("optimizer=adam",
        "--set optimizer=adam: optimizer.lr: missing; write e.g. --set 'optimizer={name: adam, lr: 0.1}'")]
    [InlineData("schedule.final=0.5",
        "--set schedule.final=0.5: schedule.name: missing; add e.g. --set schedule.name=cosine; known: cosine, steps")]
    [InlineData("optimizer.name=adam",
        "--set optimizer.name=adam: optimizer.momentum: left over in c.yaml(6,3), 'adam' has no such key; "
        + "replace the whole: --set 'optimizer={name: adam, lr: 0.1}'")]
    [InlineData("seed.high=1", "--set seed.high=1: seed: expected a whole number, found a mapping; write e.g. 'seed: 1'")]
    [InlineData("model.hidden.0=1",
        "--set model.hidden.0=1: model.hidden: expected a list of whole numbers, found a mapping; write e.g. 'hidden: [128, 64]'")]
    [InlineData("model.hidden=- 1", "--set 'model.hidden=- 1': model.hidden: several values need brackets: [a, b]")]
    [InlineData("optimizer=name: adam", "--set 'optimizer=name: adam': optimizer: several values need brackets: {a: 1, b: 2}")]
    [InlineData("optimizer={lr: 1, lr: 2}", "--set 'optimizer={lr: 1, lr: 2}': optimizer.lr: repeated; keep one")]
    [InlineData("model.hidden=[1, 2",
        "--set 'model.hidden=[1, 2': not valid YAML: a closing bracket or a ',' is missing, or there is one too many")]
    [InlineData("seed=&a 1", "--set 'seed=&a 1': seed: an anchor ('&a'); remove it and write values out")]
    [InlineData("name=a\nb: \u001b[31m", "--set 'name=a\\u000ab: \\u001b[31m': the invisible character U+001B; remove it")]
    public void ReadText_NamesTheOverride_WhenItDoesNotFit(string argument, string message) =>
        Assert.Equal(message, Assert.Throws<ConfigException>(() => Read(argument)).Message);

    [Fact]
    public void ReadText_WantsAListWhole() =>
        Assert.Equal(
            "--set model.hidden.0=1: model.hidden: a list has no keys; give it whole, e.g. --set 'model.hidden=[128, 64]'",
            Assert.Throws<ConfigException>(() => Read("model.hidden=[3]", "model.hidden.0=1")).Message);

    [Fact]
    public void ReadText_ReportsARuleAtTheOverrideThatBrokeIt() =>
        Assert.Equal(
            "--set epochs=0: epochs: 0 leaves nothing to schedule; remove 'schedule' or train longer",
            Assert.Throws<ConfigException>(() => Read("schedule=cosine", "epochs=0")).Message);

    private static SampleExperiment Read(params string[] overrides) =>
        ConfigReader.ReadText<SampleExperiment>(Written, "c.yaml", overrides);
}
