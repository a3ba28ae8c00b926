using System.Text.Json;

namespace Trainer.Tests.Commands;

/// <summary><c>trainer gradcheck</c>, the whole program.</summary>
public class GradcheckCommandTests
{
    [Fact]
    public async Task ShippedConfig_Passes_AndEveryFaultIsCaught()
    {
        using var trial = new ProgramTrial();
        ProgramOutcome outcome = await trial.RunAsync("gradcheck", RepositoryRoot.In("configs", "relu.yaml"), "--mutate");
        Assert.True(outcome.Status == 0, outcome.Output + outcome.Error);
        Assert.Contains("784-128-64-10, relu, cross_entropy, sgd", outcome.Output);
        Assert.Contains("embedded-garments", outcome.Output);
        Assert.Contains("| layer 1 weight |   100352 |", outcome.Output);
        Assert.Contains("caught by the update rule", outcome.Output);
        Assert.Contains("The hand-written gradient is right", outcome.Output);
        Assert.Contains("it caught all 8 faults", outcome.Output);
    }

    [Fact]
    public async Task Json_IsAnObjectALine()
    {
        using var trial = new ProgramTrial();
        ProgramOutcome outcome = await trial.RunAsync("gradcheck", trial.SmallConfig(optimizer: "{name: adam, lr: 0.001}"), "--mutate", "--json");
        Assert.True(outcome.Status == 0, outcome.Output + outcome.Error);
        JsonElement[] lines = [.. outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
        JsonElement[] tensors = [.. lines.Where(line => line.TryGetProperty("tensor", out _) && line.TryGetProperty("checked", out _))];
        Assert.Equal(6, tensors.Length);
        Assert.All(tensors, tensor => Assert.True(tensor.GetProperty("passed").GetBoolean()));
        Assert.Equal(10, lines.Count(line => line.TryGetProperty("fault", out _)));
        Assert.Contains(lines, line => line.TryGetProperty("verdict", out JsonElement verdict) && verdict.GetString() == "caught");
        Assert.True(lines[^1].GetProperty("passed").GetBoolean());
        Assert.Equal("embedded-garments", lines[^1].GetProperty("data_set").GetString());
    }

    [Fact]
    public async Task Check_ThatMissesAFault_EndsWithCode6()
    {
        using var trial = new ProgramTrial();
        ProgramOutcome outcome = await trial.RunAsync("gradcheck", trial.SmallConfig("regularization: {l2: 1.0e-12}"), "--mutate");
        Assert.Equal(6, outcome.Status);
        Assert.Contains("NOT NOTICED", outcome.Output);
        Assert.Contains("FAILED: the check did not notice a fault (l2 penalty dropped)", outcome.Output);
    }

    [Fact]
    public async Task Start_ThatProvesLittle_IsSaidToDoSo()
    {
        using var trial = new ProgramTrial();
        string config = trial.SmallConfig();
        ProgramOutcome zero = await trial.RunAsync("gradcheck", config, "--set", "model.init=zeros", "--mutate");
        Assert.Equal(0, zero.Status);
        Assert.Contains("note: all gradients looked at in layer 1 weight, layer 1 bias,", zero.Output);
        Assert.Contains("no change here", zero.Output);
        ProgramOutcome moved = await trial.RunAsync("gradcheck", config, "--set", "model.init=zeros", "--mutate", "--jitter", "0.1");
        Assert.Equal(0, moved.Status);
        Assert.Contains("moved by up to 0.1", moved.Output);
        Assert.DoesNotContain("note:", moved.Output);
        Assert.DoesNotContain("no change here", moved.Output);
    }

    [Fact]
    public async Task All_ChecksEveryElement()
    {
        using var trial = new ProgramTrial();
        ProgramOutcome outcome = await trial.RunAsync("gradcheck", trial.SmallConfig(), "--all", "--rows", "2", "--set", "model.hidden=[3]");
        Assert.True(outcome.Status == 0, outcome.Output + outcome.Error);
        Assert.Contains("|     2352 |    2352 |", outcome.Output);
    }

    [Fact]
    public async Task Seed_ChoosesOtherRowsAndWeights()
    {
        using var trial = new ProgramTrial();
        string config = trial.SmallConfig();
        ProgramOutcome one = await trial.RunAsync("gradcheck", config);
        ProgramOutcome again = await trial.RunAsync("gradcheck", config);
        ProgramOutcome two = await trial.RunAsync("gradcheck", config, "--seed", "2");
        Assert.Equal(one.Output, again.Output);
        Assert.NotEqual(one.Output, two.Output);
        Assert.Contains("seed 2", two.Output);
    }
}
