using Trainer.Data;
using Trainer.Engines;
using Trainer.Engines.Cpu;
using Trainer.Failures;
using Trainer.Runs;
using Trainer.Tests.Engines;
using Trainer.Yaml;

namespace Trainer.Tests.Runs;

/// <summary>What makes no sense together is refused by the reader of configurations, at the key to blame, with the reason.</summary>
public class ContradictionsTests
{
    private const string Sound = "name: a\nmodel: {hidden: [8]}\noptimizer: {name: sgd, lr: 0.1}\n";
    private const string Plateau = Sound + "schedule: reduce_on_plateau\ndata: {validation: 100}\n";
    private const string Search = "name: a\nmodel: {hidden: [8]}\noptimizer: line_search\nbatch_size: 60000\n";

    [Theory]
    [InlineData(Sound, "model.activations=[relu, tanh]", "model.activations: 2 activations for 1 hidden layers")]
    [InlineData(Sound, "model={hidden: [], dropout: 0.5}", "model.dropout: leaves out hidden units, and there are none")]
    [InlineData(Sound, "model={hidden: [], normalization: batch_norm}", "model.normalization: stands behind hidden layers, and there are none")]
    [InlineData(Sound, "micro_batch=65", "micro_batch: is a part of a batch: at most batch_size, which is 64")]
    [InlineData(Sound, "clipping={norm: 1, value: 1}", "clipping.value: and norm both bound the gradient")]
    [InlineData(Sound, "clipping={}", "clipping.norm: how is the gradient bounded?")]
    [InlineData(Sound, "regularization={biases: true}", "regularization.biases: are to be regularised")]
    [InlineData(Sound, "regularization={l1: -1}", "regularization.l1: must be at least 0")]
    [InlineData(Sound, "model.dropout=1", "model.dropout: must be at least 0 and at most 0.9999999, not 1")]
    [InlineData(Sound, "loss={name: mse, label_smoothing: 0.1}", "loss.label_smoothing: unknown key")]
    [InlineData(Sound, "early_stopping={}", "early_stopping: there is no validation split to stop by")]
    [InlineData(Sound, "optimizer={name: sgd, lr: 0.1, dampening: 0.5}", "optimizer.dampening: ")]
    [InlineData(Sound, "regularization={weight_decay: 10}", "regularization.weight_decay: times optimizer.lr is 1: a step would take more than the weight itself; choose less than 10")]
    [InlineData(Sound, "regularization={weight_decay: 1e-7}", "regularization.weight_decay: times optimizer.lr is 1e-08: below 3e-08 it is lost")]
    [InlineData(Plateau, "early_stopping={patience: 10}", "early_stopping.patience: 10 epochs end the run before reduce_on_plateau, which bears 10")]
    [InlineData(Search, "schedule=cosine", "schedule: line_search finds the size of every step by itself")]
    [InlineData(Search, "model.dropout=0.5", "model.dropout: makes no sense with optimizer line_search")]
    [InlineData(Search, "model.normalization=batch_norm", "model.normalization: makes no sense with optimizer line_search")]
    [InlineData(Search, "loss={name: cross_entropy, label_smoothing: 0.1}", "loss.label_smoothing: makes no sense with optimizer line_search")]
    [InlineData(Search, "regularization.l2=0.1", "regularization: makes no sense with optimizer line_search")]
    [InlineData(Search, "clipping={norm: 1}", "clipping: makes no sense with optimizer line_search")]
    [InlineData(Search, "ema={}", "ema: makes no sense with optimizer line_search")]
    [InlineData(Search, "micro_batch=10", "micro_batch: makes no sense with optimizer line_search")]
    [InlineData(Search, "input_noise={std: 0.1}", "input_noise: makes no sense with optimizer line_search")]
    [InlineData(Search, "augmentation={rotation: {degrees: 10}}", "augmentation: makes no sense with optimizer line_search")]
    public void TheReader_Refuses(string config, string setting, string beginning)
    {
        var refused = Assert.Throws<ConfigException>(() => Read(config, setting));
        Assert.Contains(beginning, refused.Message);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Theory]
    [InlineData("batch_size=1", "batch_size: batch normalisation needs more than one row in a batch")]
    [InlineData("micro_batch=10", "micro_batch: batch normalisation needs all rows of a batch at once")]
    [InlineData("ema={}", "ema: the running statistics of a batch normalisation are those of the weights")]
    public void TheReader_Refuses_BesideABatchNormalisation(string setting, string beginning)
    {
        string config = Sound.Replace("[8]", "[8], normalization: batch_norm", StringComparison.Ordinal);
        Assert.Contains(beginning, Assert.Throws<ConfigException>(() => Read(config, setting)).Message);
    }

    [Theory]
    [InlineData("adamw", true)]
    [InlineData("lion", false)]
    public void TwoWeightDecays_AreRefused_OneIsNot(string optimizer, bool hasDecayByDefault)
    {
        string config = $"name: a\nmodel: {{hidden: [8]}}\noptimizer: {{name: {optimizer}, lr: 0.001WEIGHT}}\nregularization: {{weight_decay: 0.1}}\n";
        Assert.Contains(
            "regularization.weight_decay: and optimizer.weight_decay are the same decay twice",
            Assert.Throws<ConfigException>(() => Read(config.Replace("WEIGHT", ", weight_decay: 0.1", StringComparison.Ordinal))).Message);
        Assert.NotNull(Read(config.Replace("WEIGHT", ", weight_decay: 0", StringComparison.Ordinal)));
        string byDefault = config.Replace("WEIGHT", "", StringComparison.Ordinal);
        if (hasDecayByDefault)
        {
            Assert.Throws<ConfigException>(() => Read(byDefault));
        }
        else
        {
            Assert.NotNull(Read(byDefault));
        }
    }

    [Fact]
    public void ALastBatchOfOneRow_IsRefused_WhereItWouldBeNormalised()
    {
        string config = Sound.Replace("[8]", "[8], normalization: batch_norm", StringComparison.Ordinal);
        Assert.Equal(
            "batch_size: batch normalisation, and 65 training rows in batches of 64 leave one row for the last, whose variance is 0; choose another size",
            Assert.Throws<ConfigException>(() => Run.Setup(Read(config), TestData.Set(65, 20, 784, 10))).Message);
        Assert.NotNull(Run.Setup(Read(config), TestData.Set(66, 20, 784, 10)).Checked());
        Assert.NotNull(Run.Setup(Read(Sound), TestData.Set(65, 20, 784, 10)).Checked());
    }

    [Fact]
    public void OneRow_IsRefused_WhereItWouldBeNormalised()
    {
        string config = Sound.Replace("[8]", "[8], normalization: batch_norm", StringComparison.Ordinal);
        TrainingSetup ofOne = Run.Setup(Read(config), TestData.Set(1, 20, 784, 10));
        Assert.Contains("one row in a batch", Assert.Throws<ArgumentException>(ofOne.Checked).Message);
    }

    [Fact]
    public void AnEngine_ThatOnlyEvaluates_TakesAnyNumberOfRows_AndRefusesTheirTraining()
    {
        string config = Sound.Replace("[8]", "[8], normalization: batch_norm", StringComparison.Ordinal);
        TrainingSetup setup = Run.Setup(Read(config), TestData.Set(66, 20, 784, 10)) with { Data = TestData.Splits(65, 20, 784, 10) };
        using IEngine engine = CpuEngine.Create(setup, 1);
        var results = new RowResults(65);
        engine.Evaluate(SplitName.Train, .., results);
        Assert.All(results.Losses, loss => Assert.True(loss > 0));
        var plan = new EpochPlan([.. Enumerable.Range(0, 65)], 64, 0, _ => 0.1);
        Assert.Contains("more than one row", Assert.Throws<ArgumentException>(() => engine.Train(plan, .., results)).Message);
    }

    private static Experiment Read(string config, string? setting = null)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, config);
            return ConfigReader.Read<Experiment>(path, setting is null ? [] : [setting]);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
