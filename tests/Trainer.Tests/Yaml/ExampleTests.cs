using Trainer.Configuration;
using Trainer.Failures;
using Trainer.Optimizers;
using Trainer.Runs;
using Trainer.Yaml;

namespace Trainer.Tests.Yaml;

/// <summary>What messages about the program's own configuration offer.</summary>
public class ExampleTests
{
    private const string Model = "name: c\nmodel: {hidden: [8], activation: relu}\n";

    // PyTorch's default rates; for adabelief and lion, which it has not, the papers'.
    [Theory]
    [InlineData("adam", "0.001")]
    [InlineData("adamw", "0.001")]
    [InlineData("nadam", "0.002")]
    [InlineData("radam", "0.001")]
    [InlineData("adamax", "0.002")]
    [InlineData("adabelief", "0.001")]
    [InlineData("rmsprop", "0.01")]
    [InlineData("adagrad", "0.01")]
    [InlineData("lion", "0.0001")]
    [InlineData("sgd", "0.1")]
    public void OptimizerWithoutARate_IsOfferedItsUsualOne(string name, string rate)
    {
        Assert.Equal(
            $"c.yaml(3,1): optimizer.lr: missing; write e.g. 'optimizer: {{name: {name}, lr: {rate}}}'", Refused($"optimizer: {name}"));
        Assert.Equal($"c.yaml(3,1): optimizer.lr: missing; add e.g. 'lr: {rate}'", Refused($"optimizer: {{name: {name}}}"));
    }

    public static TheoryData<string> Optimizers => [.. Registry.Of(typeof(DescentMethod)).Names];

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void ExampleOfAnOptimizer_IsTaken(string name)
    {
        string example = KeyExample.Variant(Registry.Of(typeof(DescentMethod)).Find(name)!);
        Experiment read = ConfigReader.ReadText<Experiment>($"{Model}optimizer: {example}", "c.yaml");
        Assert.Equal(name, Registry.NameOf(read.Optimizer.GetType()));
    }

    [Theory]
    [InlineData("weight_decay: 0.1", "{name: sgd, lr: 0.1}", "regularization.weight_decay")]
    [InlineData("weight_decay: 0.1", "line_search", "regularization.weight_decay")]
    [InlineData("weight_decay: 0.1", "{lr: 0.1, name: adamw}", "optimizer.weight_decay")]
    [InlineData("weight_decay: 0.1", "{name: lion, lr: 0.1}", "optimizer.weight_decay")]
    [InlineData("weight_decay: 0.1", "7", "regularization.weight_decay")]
    [InlineData("lr: 0.1", "{name: adam}", "optimizer.lr")]
    [InlineData("lr: 0.1", "line_search", "optimizer.lr")]
    [InlineData("momentum: 0.9", "{name: sgd, lr: 0.1}", "optimizer.momentum")]
    public void KeyOfAnotherLevel_IsSoughtFirst_WhereTheWrittenKindTakesIt(string entry, string optimizer, string path)
    {
        string key = entry.Split(':')[0];
        Assert.StartsWith(
            $"c.yaml(3,1): {key}: unknown key; did you mean '{path}'? known: ", Refused($"{entry}\noptimizer: {optimizer}"));
    }

    private static string Refused(string text) =>
        Assert.Throws<ConfigException>(() => ConfigReader.ReadText<Experiment>(Model + text, "c.yaml")).Message;
}
