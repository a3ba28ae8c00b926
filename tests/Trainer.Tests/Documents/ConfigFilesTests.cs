using Trainer.Activations;
using Trainer.Optimizers;
using Trainer.Runs;
using Trainer.Sweeps;
using Trainer.Yaml;

namespace Trainer.Tests.Documents;

/// <summary>Every shipped configuration loads, says its own name, and names the schema that editors complete from.</summary>
public class ConfigFilesTests
{
    private const string Sweeps = "sweeps/";
    private static readonly string Folder = RepositoryRoot.In("configs");

    public static TheoryData<string> Files() => [.. AllFiles().Where(file => !file.StartsWith(Sweeps, StringComparison.Ordinal))];

    public static TheoryData<string> SweepFiles() => [.. AllFiles().Where(file => file.StartsWith(Sweeps, StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Files))]
    public void Config_Loads_AndIsCalledAsItsFile(string file)
    {
        string path = Path.Combine(Folder, file);
        Experiment experiment = ConfigReader.Read<Experiment>(path);
        Assert.Equal(Path.GetFileNameWithoutExtension(file), experiment.Name);
        CheckHead(path);
    }

    [Theory]
    [MemberData(nameof(SweepFiles))]
    public void Sweep_Loads_HasCells_AndIsCalledAsItsFile(string file)
    {
        string path = Path.Combine(Folder, file);
        SweepFile sweep = SweepReader.Read(path);
        Assert.Equal(Path.GetFileNameWithoutExtension(file), sweep.Name);
        Assert.NotEmpty(new SweepPlanner(sweep, [], experiment => experiment).Rungs()[0]);
        CheckHead(path);
    }

    [Fact]
    public void SweepOfTheCourse_HasEveryConfigurationOfTwentyEpochs_WithThreeSeeds()
    {
        string[] names = [.. AllFiles().Where(file => !file.Contains('/'))
            .Select(file => ConfigReader.Read<Experiment>(Path.Combine(Folder, file)))
            .Where(experiment => experiment.Epochs == 20).Select(experiment => experiment.Name)];
        SweepFile sweep = SweepReader.Read(Path.Combine(Folder, Sweeps, "course.yaml"));
        IReadOnlyList<SweepCell> cells = Assert.Single(new SweepPlanner(sweep, [], experiment => experiment).Rungs());
        Assert.Equal(
            names.Order(StringComparer.Ordinal).SelectMany(name => new[] { $"{name} 1", $"{name} 2", $"{name} 3" }),
            cells.Select(cell => $"{cell.Experiment.Name} {cell.Experiment.Seed}").Order(StringComparer.Ordinal));
        Assert.All(cells, cell => Assert.Equal(20, cell.Experiment.Epochs));
    }

    private static IEnumerable<string> AllFiles() => Directory
        .EnumerateFiles(Folder, "*.yaml", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal);

    private static void CheckHead(string path)
    {
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

    [Fact]
    public void SweepSchema_Is_WhatTheReaderTakes() =>
        GeneratedText.Check(Path.Combine(Folder, Sweeps, "schema.json"), SweepSchema.Write());

    [Theory]
    [MemberData(nameof(Files))]
    public void Config_ResolvesToTextThatReadsBackTheSame(string file)
    {
        Experiment experiment = ConfigReader.Read<Experiment>(Path.Combine(Folder, file));
        string resolved = ConfigWriter.Write(experiment);
        Assert.Equal(resolved, ConfigWriter.Write(ConfigReader.ReadText<Experiment>(resolved, file)));
    }
}
