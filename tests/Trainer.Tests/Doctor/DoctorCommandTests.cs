using System.Text.Json;
using Trainer.Tests.Commands;

namespace Trainer.Tests.Doctor;

public class DoctorCommandTests
{
    private const string Zeros = "model.init=zeros";

    [Fact]
    public async Task Report_SaysFigureRuleMeaningAndWhatToTry_InShortLines()
    {
        using var trial = new ProgramTrial();
        await trial.TrainAsync(trial.SmallConfig(), "--set", Zeros, "--set", "model.activation=sigmoid");
        ProgramOutcome outcome = await trial.RunAsync("doctor", trial.Results);
        Assert.Equal(6, outcome.Status);
        Assert.StartsWith("trial on embedded-garments, seed 1: 16-8 sigmoid, sgd lr 0.1, batch 64, init zeros; 2 of 2 epochs, completed", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("equal-units (problem)\n  seen   after epoch 2 all 16 units of hidden layer 1", outcome.Output.ReplaceLineEndings("\n"));
        Assert.Contains("\n  try    --set model.init=pytorch: ", outcome.Output.ReplaceLineEndings("\n"));
        Assert.Contains("also rate-too-low, which follows from the above", outcome.Output);
        Assert.EndsWith("9 rules looked: 1 problem", outcome.Output.TrimEnd(), StringComparison.Ordinal);
        Assert.All(outcome.Output.Split('\n').Skip(1), line => Assert.InRange(line.TrimEnd().Length, 0, 100));
    }

    [Fact]
    public async Task Run_ThatDivergedBeforeItsFirstEpoch_IsStillExamined()
    {
        using var trial = new ProgramTrial();
        ProgramOutcome run = await trial.TrainAsync(trial.SmallConfig(), "--set", "model.init={name: constant, value: 1e20}");
        Assert.Equal(5, run.Status);
        Assert.False(File.Exists(Path.Combine(trial.RunFolder(), "metrics.csv")));
        ProgramOutcome outcome = await trial.RunAsync("doctor", trial.RunFolder());
        Assert.Equal(6, outcome.Status);
        Assert.Contains("divergence (problem)", outcome.Output);
        Assert.Contains("equal-units (problem)", outcome.Output);
        Assert.Contains("before training", outcome.Output);
    }

    [Fact]
    public async Task Run_WithoutCheckpoint_IsExaminedByItsMetricsAndItsStart()
    {
        using var trial = new ProgramTrial();
        await trial.TrainAsync(trial.SmallConfig(), "--set", Zeros);
        Directory.Delete(Path.Combine(trial.RunFolder(), "checkpoints"), recursive: true);
        ProgramOutcome outcome = await trial.RunAsync("doctor", trial.Results);
        Assert.Equal(6, outcome.Status);
        Assert.Contains("before training all 16 units", outcome.Output);
    }

    [Fact]
    public async Task Json_EndsWithTheWhole()
    {
        using var trial = new ProgramTrial();
        await trial.TrainAsync(trial.SmallConfig());
        ProgramOutcome outcome = await trial.RunAsync("doctor", trial.Results, "--json");
        JsonElement whole = JsonDocument.Parse(outcome.Output.TrimEnd().Split('\n')[^1]).RootElement;
        Assert.Equal(("trial", "completed", 9), (whole.GetProperty("name").GetString(), whole.GetProperty("state").GetString(), whole.GetProperty("rules").GetArrayLength()));
    }

    [Fact]
    public async Task OtherImages_AreRefused()
    {
        using var trial = new ProgramTrial();
        await trial.TrainAsync(trial.SmallConfig());
        string manifest = Path.Combine(trial.RunFolder(), "manifest.json");
        string hash = JsonDocument.Parse(await File.ReadAllTextAsync(manifest)).RootElement.GetProperty("data_hash").GetString()!;
        await File.WriteAllTextAsync(manifest, (await File.ReadAllTextAsync(manifest)).Replace(hash, new string('0', 64)));
        ProgramOutcome outcome = await trial.RunAsync("doctor", trial.Results);
        Assert.Equal(3, outcome.Status);
        Assert.Contains("data sets are never mixed", outcome.OneErrorLine());
    }

    [Theory]
    [InlineData("manifest.json", "{}", 1)]
    [InlineData("config.yaml", "name: [", 2)]
    [InlineData("metrics.csv", "epoch,step\n", 1)]
    [InlineData("checkpoints/last.safetensors", "x", 1)]
    public async Task BrokenFile_IsNamed_InOneLine(string file, string text, int status)
    {
        using var trial = new ProgramTrial();
        await trial.TrainAsync(trial.SmallConfig());
        string path = Path.Combine(trial.RunFolder(), file);
        await File.WriteAllTextAsync(path, text);
        ProgramOutcome outcome = await trial.RunAsync("doctor", trial.Results);
        Assert.Equal(status, outcome.Status);
        Assert.Contains(Path.GetFileName(file), outcome.OneErrorLine());
    }
}
