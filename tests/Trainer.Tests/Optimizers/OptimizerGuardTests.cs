using System.Reflection;
using Trainer.Configuration;
using Trainer.Failures;
using Trainer.Optimizers;
using Trainer.Runs;
using Trainer.Yaml;

namespace Trainer.Tests.Optimizers;

/// <summary>Settings that make no sense stop with one line that names the key.</summary>
public class OptimizerGuardTests
{
    /// <summary>Every number of every optimizer, with a value on either side of its limits.</summary>
    public static TheoryData<string, string, string> ValuesOutside()
    {
        var data = new TheoryData<string, string, string>();
        foreach (Type type in Registry.Of<Optimizer>().Types)
        {
            foreach (PropertyInfo property in type.GetProperties())
            {
                if (property.GetCustomAttribute<BoundsAttribute>() is { } bounds)
                {
                    bool isPair = property.PropertyType != typeof(double);
                    string key = KeyName.Snake(property.Name);
                    foreach (double outside in (double[])[-1, Math.BitIncrement(bounds.Maximum)])
                    {
                        string number = FormattableString.Invariant($"{outside:R}");
                        data.Add(Registry.NameOf(type), key, isPair ? $"[0.5, {number}]" : number);
                    }
                }
            }
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(ValuesOutside))]
    public void ANumberOutsideItsLimits_IsRefused(string name, string key, string value) =>
        AssertRefused(
            key == "lr" ? $"{{name: {name}, lr: {value}}}" : $"{{name: {name}, lr: 1, {key}: {value}}}",
            $": optimizer.{key}{(value[0] == '[' ? "[1]" : "")}: must be at least");

    [Theory]
    [InlineData("{name: adam, lr: 1, betas: [0.9]}", ": optimizer.betas: must be two numbers, as in [0.9, 0.999], not 1")]
    [InlineData("{name: lion, lr: 1, betas: [0.9, 0.99, 0.999]}", ": optimizer.betas: must be two numbers, as in [0.9, 0.999], not 3")]
    [InlineData("{name: lion, lr: 1, betas: []}", ": optimizer.betas: must be two numbers, as in [0.9, 0.999], not 0")]
    [InlineData("{name: lion, lr: 1, eps: 1e-8}", ": optimizer.eps: unknown key")]
    [InlineData("{name: adam, lr: 1, eps: .nan}", ": optimizer.eps: '.nan' is not a finite number")]
    [InlineData("{name: adam, lr: 1, bias_correction: 0}", ": optimizer.bias_correction: '0' is not true or false")]
    [InlineData("{name: sgd, lr: 1, nesterov: true}", ": optimizer.nesterov: looks ahead along the momentum, and there is none")]
    [InlineData("{name: sgd, lr: 1, dampening: 0.1}", ": optimizer.dampening: damps what the momentum takes up, and there is none")]
    [InlineData("{name: sgd, lr: 1, momentum: 0.9, dampening: 0.1, nesterov: true}", ": optimizer.dampening: does not go with nesterov")]
    [InlineData("{name: rmsprop, lr: 1, centered: 1}", ": optimizer.centered: '1' is not true or false")]
    public void WhatMakesNoSense_IsRefused(string optimizer, string problem) => AssertRefused(optimizer, problem);

    [Fact]
    public void SettingsThatCameLater_LeaveTheHashOfOlderConfigurationsAsItWas()
    {
        Assert.Equal(ConfigHash.Of(Config("{name: sgd, lr: 1}")), ConfigHash.Of(Config("{name: sgd, lr: 1, dampening: 0}")));
        Assert.Equal(ConfigHash.Of(Config("{name: adam, lr: 1}")), ConfigHash.Of(Config("{name: adam, lr: 1, bias_correction: true}")));
        Assert.NotEqual(ConfigHash.Of(Config("{name: adam, lr: 1}")), ConfigHash.Of(Config("{name: adam, lr: 1, bias_correction: false}")));
    }

    [Fact]
    public void EveryOptimizer_IsWrittenAndReadBackTheSame() => Assert.All(OptimizerList.All, entry =>
    {
        Experiment experiment = Config("{name: sgd, lr: 1}") with { Optimizer = entry.Optimizer };
        string text = ConfigWriter.Write(experiment);
        Assert.Equal(text, ConfigWriter.Write(ConfigReader.ReadText<Experiment>(text, "config.yaml")));
        Assert.Contains($"name: {Registry.NameOf(entry.Optimizer.GetType())}", text);
    });

    [Fact]
    public void EveryOptimizer_SaysWhatItIs() => Assert.All(
        Registry.Of<Optimizer>().Types,
        type => Assert.Contains(type.GetCustomAttributes(false), attribute => attribute is System.ComponentModel.DescriptionAttribute));

    private static void AssertRefused(string optimizer, string problem)
    {
        string message = Assert.Throws<ConfigException>(() => Config(optimizer)).Message;
        Assert.StartsWith("config.yaml(3,", message);
        Assert.Contains(problem, message);
        Assert.DoesNotContain('\n', message);
    }

    private static Experiment Config(string optimizer) =>
        ConfigReader.ReadText<Experiment>($"name: a\nmodel: {{hidden: []}}\noptimizer: {optimizer}\n", "config.yaml");
}
