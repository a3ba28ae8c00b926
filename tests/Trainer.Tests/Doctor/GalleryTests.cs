using System.Text.Json;
using Trainer.Doctor;
using Trainer.Runs;
using Trainer.Tests.Commands;
using Trainer.Yaml;

namespace Trainer.Tests.Doctor;

/// <summary>
/// Each configuration of <c>configs/doctor</c> really runs, on a small embedded set, and the doctor finds in it what it is called
/// and nothing else. <c>scripts/doctor-gallery.sh</c> does the same on whatever data a machine has, with their cures and the good ones.
/// </summary>
public class GalleryTests
{
    private const int Images = 2000;

    public static TheoryData<string> Names() => [.. RuleList.All.Select(rule => rule.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Configuration_TriggersItsOwnRule_AndNoOther_AndItsRemediesAreReadable(string name)
    {
        using var trial = new ProgramTrial(Images, test: 300);
        string config = ConfigOf(name);
        string[] smaller = name == "over-fitting" ? ["--set", "data.validation=1500"] : [];
        ProgramOutcome run = await trial.TrainAsync(config, smaller);
        Assert.Equal(name == "divergence" ? 5 : 0, run.Status);
        ProgramOutcome doctor = await trial.RunAsync("doctor", trial.Results, "--json");
        Assert.Equal((6, ""), (doctor.Status, string.Concat(doctor.Error.Split('\n').Where(line => line.StartsWith("trainer", StringComparison.Ordinal)))));
        string[] lines = doctor.Output.TrimEnd().Split('\n');
        Assert.Equal([name], Strings(JsonDocument.Parse(lines[^1]).RootElement.GetProperty("found")));
        JsonElement finding = JsonDocument.Parse(Assert.Single(lines[..^1])).RootElement;
        Assert.Equal((name, "problem"), (finding.GetProperty("rule").GetString(), finding.GetProperty("severity").GetString()));
        foreach (JsonElement remedy in finding.GetProperty("try").EnumerateArray())
        {
            ConfigReader.Read<Experiment>(config, Strings(remedy.GetProperty("set")));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Configuration_SaysItsCure_AndIsCalledAsItsRule(string name)
    {
        string[] lines = File.ReadAllLines(ConfigOf(name));
        Assert.StartsWith("# Wrong: ", lines[1], StringComparison.Ordinal);
        Assert.StartsWith($"# trainer doctor says {name}", lines[2], StringComparison.Ordinal);
        Assert.StartsWith("# Cure: --set ", lines[3], StringComparison.Ordinal);
        string[] cures = lines[3]["# Cure: --set ".Length..].Split(" --set ");
        ConfigReader.Read<Experiment>(ConfigOf(name), cures);
    }

    [Fact]
    public void Gallery_HoldsNothingElse() => Assert.Equal(
        RuleList.All.Select(rule => rule.Name).Order(StringComparer.Ordinal),
        Directory.GetFiles(RepositoryRoot.In("configs", "doctor"), "*.yaml").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("relu")]
    [InlineData("momentum")]
    [InlineData("adam")]
    [InlineData("relu-momentum")]
    public async Task GoodConfiguration_TriggersNone(string name)
    {
        using var trial = new ProgramTrial(Images, test: 300);
        await trial.TrainAsync(RepositoryRoot.In("configs", name + ".yaml"), "--epochs", "6", "--set", "batch_size=16");
        ProgramOutcome doctor = await trial.RunAsync("doctor", trial.Results);
        Assert.True(doctor.Status == 0, doctor.Output);
        Assert.Contains($"{RuleList.All.Count} rules looked: nothing found", doctor.Output);
    }

    private static string ConfigOf(string name) => RepositoryRoot.In("configs", "doctor", name + ".yaml");

    private static string[] Strings(JsonElement list) => [.. list.EnumerateArray().Select(item => item.GetString()!)];
}
