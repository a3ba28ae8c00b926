using Trainer.Activations;
using Trainer.Optimizers;
using Trainer.Runs;
using Trainer.Yaml;

namespace Trainer.Tests.Documents;

/// <summary>Every shipped configuration loads, says its own name, and names the schema that editors complete from.</summary>
public class ConfigFilesTests
{
    private static readonly string Folder = RepositoryRoot.In("configs");

    public static TheoryData<string> Files() => [.. Directory
        .EnumerateFiles(Folder, "*.yaml", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Config_Loads_AndIsCalledAsItsFile(string file)
    {
        string path = Path.Combine(Folder, file);
        Experiment experiment = ConfigReader.Read<Experiment>(path);
        Assert.Equal(Path.GetFileNameWithoutExtension(file), experiment.Name);
        string[] lines = File.ReadAllLines(path);
        Assert.StartsWith("# yaml-language-server: $schema=", lines[0]);
        string schema = lines[0][(lines[0].IndexOf('=') + 1)..];
        Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(path)!, schema)), schema);
        Assert.StartsWith("# ", lines[1]);
    }

    [Theory]
    [InlineData("sigmoid", "128-64", typeof(Sigmoid), typeof(Sgd), 0.1, 0)]
    [InlineData("relu", "128-64", typeof(Relu), typeof(Sgd), 0.1, 0)]
    [InlineData("momentum", "128-64", typeof(Sigmoid), typeof(Sgd), 0.1, 0.9)]
    [InlineData("three-hidden", "128-64-64", typeof(Sigmoid), typeof(Sgd), 0.1, 0)]
    [InlineData("adam", "128-64", typeof(Relu), typeof(Adam), 0.001, 0)]
    [InlineData("relu-momentum", "128-64", typeof(Relu), typeof(Sgd), 0.01, 0.9)]
    public void Course_AsksForTheseSettings(string name, string hidden, Type activation, Type optimizer, double lr, double momentum)
    {
        Experiment experiment = ConfigReader.Read<Experiment>(Path.Combine(Folder, name + ".yaml"));
        Assert.Equal(hidden, string.Join('-', experiment.Model.Hidden));
        Assert.IsType(activation, experiment.Model.Activation);
        Assert.IsType(optimizer, experiment.Optimizer);
        Assert.Equal(lr, experiment.Optimizer.ForEngine().Lr);
        Assert.Equal(momentum, experiment.Optimizer is Sgd sgd ? sgd.Momentum : 0);
        Assert.Equal((64, 20), (experiment.BatchSize, experiment.Epochs));
    }

    [Fact]
    public void Schema_IsWhatTheRecordsSay() =>
        GeneratedText.Check(Path.Combine(Folder, "schema.json"), SchemaWriter.Write(typeof(Experiment)));

    [Theory]
    [MemberData(nameof(Files))]
    public void Config_ResolvesToTextThatReadsBackTheSame(string file)
    {
        Experiment experiment = ConfigReader.Read<Experiment>(Path.Combine(Folder, file));
        string resolved = ConfigWriter.Write(experiment);
        Assert.Equal(resolved, ConfigWriter.Write(ConfigReader.ReadText<Experiment>(resolved, file)));
    }
}
