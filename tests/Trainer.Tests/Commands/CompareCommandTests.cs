using System.Text.Json;
using Trainer.Results;
using Trainer.Tests.Comparisons;

namespace Trainer.Tests.Commands;

public sealed class CompareCommandTests : IDisposable
{
    private readonly ProgramTrial _trial = new();
    private readonly RecordedRuns _runs;

    public CompareCommandTests()
    {
        _runs = new RecordedRuns(_trial.Results);
        _runs.AddSeeds(FixedGroups.Config("low_er"), 0.80, 0.81, 0.82, 0.83, 0.82, 0.81);
        _runs.AddSeeds(FixedGroups.Config("high", lr: 0.2), 0.87, 0.88, 0.86, 0.88, 0.89, 0.86);
    }

    public void Dispose() => _trial.Dispose();

    [Fact]
    public async Task NamesUnderTheResults_AreComparedInATable()
    {
        ProgramOutcome outcome = await CompareAsync("high", "low_er");
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        Assert.Contains("data set fashion-mnist; after 5 epochs", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("high and low_er are different: +5.83 points", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("p = 0.0313", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OneGroup_HasATableAndNoVerdict()
    {
        ProgramOutcome outcome = await CompareAsync("high");
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        Assert.Contains("87.3 ± 1.2", outcome.Output.Replace("+-", "±", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("told apart", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_HoldEveryFigureUnrounded_AndTheRunsItComesFrom()
    {
        ProgramOutcome outcome = await CompareAsync(
            _trial.Results, "--csv", _trial.In("t.csv"), "--runs", _trial.In("r.csv"), "--pairs", _trial.In("p.csv"),
            "--markdown", _trial.In("t.md"), "--latex", _trial.In("t.tex"), "--svg", _trial.In("t.svg"));
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        IReadOnlyList<string[]> groups = CsvFile.ReadText(_trial.In("t.csv"));
        IReadOnlyList<string[]> runs = CsvFile.ReadText(_trial.In("r.csv"));
        int mean = Array.IndexOf(groups[0], "test_accuracy_mean");
        int accuracy = Array.IndexOf(runs[0], "test_accuracy");
        foreach (string[] group in groups.Skip(1))
        {
            string[][] members = [.. runs.Skip(1).Where(run => run[0] == group[0])];
            Assert.Equal(6, members.Length);
            Assert.Equal(double.Parse(group[mean]), members.Average(run => double.Parse(run[accuracy])), 1e-15);
            Assert.All(members, run => Assert.Equal(run[accuracy], CsvFile.ReadText(Path.Combine(run[Array.IndexOf(runs[0], "folder")], "metrics.csv"))[^1][10]));
        }
        Assert.Equal(["high", "low_er"], CsvFile.ReadText(_trial.In("p.csv"))[1][..2]);
        Assert.Contains("| low\\_er | 6 |", File.ReadAllText(_trial.In("t.md")), StringComparison.Ordinal);
        string latex = File.ReadAllText(_trial.In("t.tex"));
        Assert.Contains("low\\_er & 6 & 81.5 $\\pm$ 1.0 &", latex, StringComparison.Ordinal);
        Assert.Contains("test accuracy (\\%)", latex, StringComparison.Ordinal);
        Assert.StartsWith("<?xml", File.ReadAllText(_trial.In("t.svg")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_IsAnObjectALine()
    {
        ProgramOutcome outcome = await CompareAsync("high", "low_er", "--json");
        JsonElement[] lines = [.. outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(["group", "group", "pair"], lines.Select(line => line.GetProperty("kind").GetString()));
        Assert.Equal("high", lines[0].GetProperty("label").GetString());
        Assert.Equal(0.03125, lines[2].GetProperty("verdict").GetProperty("p_value").GetDouble());
    }

    [Fact]
    public async Task WhatIsMissingOrCorrupt_IsTold_AndTheRestShown()
    {
        RunFolder broken = _runs.Add(FixedGroups.Config("high", lr: 0.2) with { Seed = 7 }, [0.1, 0.2]);
        File.WriteAllText(broken.Metrics, "nonsense\n");
        ProgramOutcome corrupt = await CompareAsync("high");
        Assert.Equal(1, corrupt.Status);
        Assert.Contains($"{broken.Path}: left out: ", corrupt.Error, StringComparison.Ordinal);
        Assert.Contains("87.3", corrupt.Output, StringComparison.Ordinal);
        ProgramOutcome missing = await CompareAsync("low_er", "hihg");
        Assert.Equal(2, missing.Status);
        Assert.Contains("hihg: no such folder", missing.Error, StringComparison.Ordinal);
        Assert.Contains("81.5", missing.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--metric", "tets_accuracy", "did you mean 'test_accuracy'?")]
    [InlineData("--baseline", "hihg", "did you mean 'high'?")]
    [InlineData("--target", "85", "--target must be a fraction")]
    [InlineData("--svg", "curves.jpg", "pictures are .svg, .png or .pdf")]
    public async Task AnOptionThatIsNotUnderstood_IsRefused(string option, string value, string expected)
    {
        ProgramOutcome outcome = await CompareAsync("high", "low_er", option, value);
        Assert.Equal(2, outcome.Status);
        Assert.Contains(expected, outcome.Error, StringComparison.Ordinal);
        Assert.Single(outcome.Error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task NoPathOrNoRun_IsRefused()
    {
        Assert.Equal(2, (await CompareAsync()).Status);
        ProgramOutcome nothing = await CompareAsync("nowhere");
        Assert.Equal((2, ""), (nothing.Status, nothing.Output));
    }

    private Task<ProgramOutcome> CompareAsync(params string[] arguments) => _trial.RunAsync(["compare", .. arguments, "--out", _trial.Results]);
}
